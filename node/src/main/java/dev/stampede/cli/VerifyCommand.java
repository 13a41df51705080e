package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import dev.stampede.ops.AuditReport.SaleAudit;
import dev.stampede.ops.AuditReport.ShardAudit;
import dev.stampede.stock.ShardCounts;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The audit. */
@Command(
    name = "verify",
    header = "Audits the stock: does the grid agree with itself and with the database?",
    description = {
      "Checks for every shard, in the grid and in the database, that issued = available + held +"
          + " sold + withdrawn, that the order rows add up to the shard's row, and that no buyer"
          + " is over the limit; and where the database has everything, that both are equal. May"
          + " run at any moment, also during a sale.",
      "Ends with 0 where everything adds up, with 1 where it does not."
    })
public final class VerifyCommand implements Callable<Integer> {

  private final Shell shell;
  @Mixin private final AdminAccess access = new AdminAccess();

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
    if (json) {
      var answer = api.get(AUDIT);
      shell.say(api.print(answer));
      return exitCode(new JsonMapper().treeToValue(answer, AuditReport.class));
    }
    AuditReport report = api.get(AUDIT, AuditReport.class);
    table(report.sales()).lines().forEach(shell::say);
    report.problems().forEach(problem -> shell.say("  " + problem));
    shell.say(shell.ansi(noColor).string(verdict(report)));
    return exitCode(report);
  }

  /** Where a node answers with it. */
  static final String AUDIT = "/api/admin/audit";

  private static int exitCode(AuditReport report) {
    return report.balanced() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String verdict(AuditReport report) {
    String stored =
        report.settled()
            ? "the database has everything"
            : "the database is " + report.backlog() + " changes behind";
    return report.balanced()
        ? "@|bold,green BALANCED|@: every unit is where it should be; " + stored
        : "@|bold,red NOT BALANCED|@: " + report.problems().size() + " problems; " + stored;
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
