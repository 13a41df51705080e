package dev.stampede.cli;

import dev.stampede.order.OrderId;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that an operator does with sales. */
@Command(
    name = "sale",
    header = "Publishes sales, shows them, and changes their stock.",
    description =
        "Speaks to a running node as an admin, with a token made from data/secrets.yaml (or"
            + " STAMPEDE_JWT_SECRET).",
    synopsisSubcommandLabel = "COMMAND")
public final class SaleCommand {

  private static final String SALE = "SALE";
  private static final String UNITS = "--units";
  private static final String JSON = "--json";

  private final Shell shell;

  /** With its surroundings. */
  public SaleCommand(Shell shell) {
    this.shell = shell;
  }

  @Command(
      name = "import",
      header = "Publishes the sales of a file.",
      description = {
        "The file is YAML; sales/sample.yaml is one, and explains the keys. Either all sales of it"
            + " can be read or none is published; a new sale that is over already is refused, too."
            + " Every value is text as it stands there.",
        "Importing the same sales again changes nothing. Where another sale has the id of one, the"
            + " command says what differs, publishes the rest, and ends with 1 (opensIn and"
            + " closesIn make another sale each time). How a sale that is there is promoted stays"
            + " as it is."
      })
  int importFile(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = "FILE", description = "The file.") Path file,
      @Option(names = "--far", description = "Takes sales that open in more than a year.")
          boolean far) {
    Instant now = Instant.now();
    List<Sale> sales = SaleFile.read(file, now);
    return new SaleImport(client(access), shell::say).run(file, sales, now, far);
  }

  @Command(name = "list", header = "Lists all sales.")
  int list(
      @Mixin AdminAccess access, @Option(names = JSON, description = "Prints JSON.") boolean json) {
    Api api = access.api(shell);
    SaleClient client = new SaleClient(api);
    List<JsonNode> sales = client.all();
    if (json) {
      shell.say(api.print(JsonNodeFactory.instance.arrayNode().addAll(sales)));
      return ExitCode.OK;
    }
    TextTable table =
        new TextTable("SALE", "PHASE", "AVAILABLE", "OF", "REDUCTION", "OPENS", "CLOSES");
    for (JsonNode sale : sales) {
      String id = sale.path("id").asString();
      JsonNode stock = client.stock(id);
      table.add(
          id,
          stock.path("phase").asString(),
          stock.path("available").asLong(),
          sale.path("quantity").asLong(),
          sale.path("reduction").asString(),
          sale.path("opensAt").asString(),
          sale.path("closesAt").asString());
    }
    table.lines().forEach(shell::say);
    return ExitCode.OK;
  }

  @Command(name = "show", header = "Shows one sale and where its units are, as JSON.")
  int show(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale) {
    String id = checked(sale);
    Api api = access.api(shell);
    SaleClient client = new SaleClient(api);
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    both.set("sale", client.sale(id));
    both.set("stock", client.report(id));
    shell.say(api.print(both));
    return ExitCode.OK;
  }

  @Command(name = "restock", header = "Issues more units.")
  int restock(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale,
      @Option(names = UNITS, required = true, description = "How many, 1 or more.") long units) {
    return adjust(access, checked(sale), "restock", units);
  }

  @Command(
      name = "withdraw",
      header = "Takes available units off a sale.",
      description = "Where fewer are available, none is taken, and the command ends with 1.")
  int withdraw(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale,
      @Option(names = UNITS, required = true, description = "How many, 1 or more.") long units) {
    return adjust(access, checked(sale), "withdraw", units);
  }

  @Command(name = "freeze", header = "Stops selling for now; payments and cancels go on.")
  int freeze(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale) {
    return change(access, checked(sale), "freeze");
  }

  @Command(name = "unfreeze", header = "Goes on selling after a freeze.")
  int unfreeze(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale) {
    return change(access, checked(sale), "unfreeze");
  }

  @Command(
      name = "close",
      header = "Ends a sale.",
      description = "Asks first. Where nobody can answer, give --yes. `reopen` takes it back.")
  int close(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale,
      @Option(names = "--yes", description = "Does not ask.") boolean yes) {
    String id = checked(sale);
    if (!yes && !isConfirmed(id)) {
      return ExitCode.FAILED;
    }
    return change(access, id, "close");
  }

  private boolean isConfirmed(String sale) {
    String answer =
        shell
            .ask("Close " + sale + "? Only `sale reopen` takes it back. Type its id: ")
            .orElseThrow(() ->
                CommandException.usage(
                    "close: it ends a sale, and nobody can be asked here: repeat it with --yes"));
    if (!answer.strip().equals(sale)) {
      shell.note("stampede: " + sale + " stays as it is");
      return false;
    }
    return true;
  }

  @Command(
      name = "reopen",
      header = "Sells on after a sale was closed, by mistake or by a clock that was wrong.",
      description = {
        "Sets the time of the sale's stock back to the present if it ran ahead, and shortens the"
            + " holds of that time to the usual length. A sale whose closesAt has passed stays"
            + " closed: publish another one."
      })
  int reopen(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale) {
    return change(access, checked(sale), "reopen");
  }

  @Command(
      name = "end-order",
      header = "Ends an order that nobody has paid; its units are sold again.",
      description = {
        "Above all for sales that reduce AT_ORDER, whose orders never end by themselves. A payment"
            + " that comes afterwards goes back. Who ended it, and why, stands in the log of the"
            + " node. An order that is paid, or has expired, stays as it is: exit status 1."
      })
  int endOrder(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = "ORDER", description = "The order's id.") String order,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why, 1 to 200 characters in one line.")
          String reason) {
    if (OrderId.parse(order).isEmpty()) {
      throw CommandException.usage(
          "ORDER: found \"" + order + "\", expected the id of an order, SALE.SHARD.KEY");
    }
    JsonNode ended = client(access).endOrder(order, reason);
    shell.say(order + ": " + ended.path("state").asString());
    return ExitCode.OK;
  }

  @Command(
      name = "promote",
      header = "Takes a sale to be hot from some time before it opens until it closes.",
      description = {
        "Every node then has its stock in memory before anybody comes. In place of what its file"
            + " or an earlier promote said. Of a sale that is open already it takes effect at once."
      })
  int promote(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale,
      @Option(
              names = LeadTime.OPTION,
              paramLabel = LeadTime.LABEL,
              required = true,
              description = LeadTime.DESCRIPTION)
          String before) {
    String id = checked(sale);
    Duration lead = LeadTime.parse(before);
    client(access).promote(id, lead);
    shell.say(id + ": promoted, " + LeadTime.say(lead));
    return ExitCode.OK;
  }

  @Command(
      name = "demote",
      header = "Ends the promotion of a sale; where many want it, it is hot all the same.")
  int demote(
      @Mixin AdminAccess access,
      @Parameters(paramLabel = SALE, description = "The sale's id.") String sale) {
    String id = checked(sale);
    client(access).change(id, "demote");
    shell.say(id + ": not promoted");
    return ExitCode.OK;
  }

  private int adjust(AdminAccess access, String sale, String action, long units) {
    return report(new SaleClient(access.apiForOneCall(shell)).adjust(sale, action, units));
  }

  private int change(AdminAccess access, String sale, String action) {
    JsonNode changed = new SaleClient(access.apiForOneCall(shell)).change(sale, action);
    return changed.has("issued") ? report(changed) : tellComing(changed);
  }

  private int tellComing(JsonNode coming) {
    String sale = coming.path("sale").asString();
    shell.say(
        sale
            + " "
            + coming.path("phase").asString()
            + ": a node that has its stock does not answer, and sells nothing of it. Every other"
            + " node goes on trying for 30 s, before anything that is asked for from now on."
            + " ./stampede sale show "
            + sale
            + " tells when it is done");
    return ExitCode.OK;
  }

  private SaleClient client(AdminAccess access) {
    return new SaleClient(access.api(shell));
  }

  private static String checked(String sale) {
    if (!SaleId.isValid(sale)) {
      throw CommandException.usage(
          "SALE: found \"" + sale + "\", expected 1 to 40 of a-z, 0-9 and single inner hyphens");
    }
    return sale;
  }

  private int report(JsonNode report) {
    shell.say(
        report.path("sale").asString()
            + " "
            + report.path("phase").asString()
            + ": issued "
            + report.path("issued").asLong()
            + " = available "
            + report.path("available").asLong()
            + " + held "
            + report.path("held").asLong()
            + " + sold "
            + report.path("sold").asLong()
            + " + withdrawn "
            + report.path("withdrawn").asLong());
    return ExitCode.OK;
  }
}
