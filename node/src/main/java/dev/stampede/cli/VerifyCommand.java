package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import dev.stampede.ops.AuditReport.SaleAudit;
import dev.stampede.ops.AuditReport.ShardAudit;
import dev.stampede.persistence.LedgerVerdict;
import dev.stampede.stock.LedgerFault;
import dev.stampede.stock.ShardCounts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The audit. */
@Command(
    name = "verify",
    header = "Audits the stock: does the grid agree with itself and with the database?",
    description = {
      "Checks for every shard, in the grid and in the database, that issued = available + held +"
          + " sold + withdrawn, that the order rows add up to the shard's row, and that no buyer"
          + " is over the limit; and where the database has everything, that both are equal. May"
          + " run at any moment, also during a sale.",
      "With --deep, also replays every change of every shard from the database, which it reads"
          + " itself: hashes, numbers and counts have to be right, the tables have to hold what the"
          + " changes lead to, and the chain has to lead through the grid's. Names the first row of"
          + " each shard that does not fit.",
      "Rows that the database refused count as they are in the ledger; how many there are is said"
          + " (./stampede dead-letters list).",
      "Ends with 0 where everything adds up, with 1 where it does not."
    })
public final class VerifyCommand implements Callable<Integer> {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Shell shell;
  @Mixin private final AdminAccess access = new AdminAccess();

  @Option(names = "--deep", description = "Replays the ledger of every shard, too.")
  private boolean deep;

  @Option(names = "--json", description = "Prints the audit as JSON.")
  private boolean json;

  @Option(names = "--no-color", description = "Prints without colours, as NO_COLOR does.")
  private boolean noColor;

  /** With its surroundings. */
  public VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Api api = access.api(shell);
    AuditReport report = new SaleAudits(api, shell::note).all();
    JsonNode answer = MAPPER.valueToTree(report);
    List<LedgerVerdict> ledgers =
        deep ? new LedgerReview(shell).run(access.database(shell), report) : List.of();
    if (json) {
      shell.say(api.print(deep ? with(answer, ledgers) : answer));
    } else {
      print(report, ledgers);
    }
    return report.balanced() && faults(ledgers).isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(AuditReport report, List<LedgerVerdict> ledgers) {
    table(report.sales()).lines().forEach(shell::say);
    report.problems().forEach(problem -> shell.say("  " + problem));
    shell.say(shell.ansi(noColor).string(verdict(report)));
    if (deep) {
      faults(ledgers).forEach(fault -> shell.say("  " + fault));
      shell.say(shell.ansi(noColor).string(verdict(ledgers)));
    }
  }

  /**
   * A ledger as JSON has it.
   *
   * @param shard sale and number
   * @param changes how many were replayed
   * @param orders how many they led to
   * @param setAside how many rows are in dead_letter in the place of their tables
   * @param fault the first that was found; null where all is well
   */
  record Ledger(String shard, long changes, long orders, long setAside, @Nullable String fault) {

    static Ledger of(LedgerVerdict it) {
      String fault = it.fault().map(LedgerFault::toString).orElse(null);
      return new Ledger(it.key().toString(), it.changes(), it.orders(), it.setAside(), fault);
    }
  }

  private static JsonNode with(JsonNode answer, List<LedgerVerdict> ledgers) {
    ObjectNode whole = answer.deepCopy().asObject();
    whole.set("ledgers", MAPPER.valueToTree(ledgers.stream().map(Ledger::of).toList()));
    return whole;
  }

  private static List<LedgerFault> faults(List<LedgerVerdict> ledgers) {
    return ledgers.stream().map(LedgerVerdict::fault).flatMap(Optional::stream).toList();
  }

  private static String verdict(List<LedgerVerdict> ledgers) {
    int faults = faults(ledgers).size();
    long changes = ledgers.stream().mapToLong(LedgerVerdict::changes).sum();
    long orders = ledgers.stream().mapToLong(LedgerVerdict::orders).sum();
    long setAside = ledgers.stream().mapToLong(LedgerVerdict::setAside).sum();
    return faults == 0
        ? "@|bold,green REPLAYED|@: %,d changes lead to the %,d orders that the tables have"
                .formatted(changes, orders)
            + setAside(setAside)
        : "@|bold,red TAMPERED WITH|@: %d of %d shards are not what their changes lead to"
            .formatted(faults, ledgers.size());
  }

  /** Where a node answers with it. */
  static final String AUDIT = "/api/admin/audit";

  private static String verdict(AuditReport report) {
    String stored =
        report.settled()
            ? "the database has everything"
            : "the database is " + report.backlog() + " changes behind";
    stored += setAside(report.setAside());
    return report.balanced()
        ? "@|bold,green BALANCED|@: every unit is where it should be; " + stored
        : "@|bold,red NOT BALANCED|@: " + report.problems().size() + " problems; " + stored;
  }

  private static String setAside(long rows) {
    return rows == 0 ? "" : "; " + rows + (rows == 1 ? " row" : " rows") + " in dead_letter";
  }

  /** A line for the sum of each sale on both sides, and for each shard where there are several. */
  static TextTable table(List<SaleAudit> sales) {
    TextTable table =
        new TextTable("SALE", "IN", "ISSUED", "AVAILABLE", "HELD", "SOLD", "WITHDRAWN", "CHANGE");
    for (SaleAudit sale : sales) {
      add(table, sale.sale(), "grid", sale.grid(), seq(sale, ShardAudit::gridSeq));
      add(table, "", "database", sale.database(), seq(sale, ShardAudit::databaseSeq));
      if (sale.shards().size() > 1) {
        sale.shards().forEach(shard -> add(table, shard));
      }
    }
    return table;
  }

  private static void add(TextTable table, ShardAudit shard) {
    add(table, "  shard " + shard.shard(), "grid", shard.grid(), shard.gridSeq());
    add(table, "", "database", shard.database(), shard.databaseSeq());
  }

  private static void add(TextTable table, String name, String side, ShardCounts at, long seq) {
    table.add(name, side, at.issued(), at.available(), at.held(), at.sold(), at.withdrawn(), seq);
  }

  private static long seq(SaleAudit sale, ToLongFunction<ShardAudit> side) {
    return sale.shards().stream().mapToLong(side).sum();
  }
}
