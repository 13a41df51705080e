package dev.stampede.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the database refused: shown, and written once more. */
@Command(
    name = "dead-letters",
    header = "Shows what the database refused, and writes it once more.",
    description = {
      "A row that a table refuses for good (by a trigger, a constraint, a column that is too"
          + " narrow) holds up nobody: it is set aside as a dead letter. Mend what the database"
          + " complains of, then retry.",
      "Letters of kind FORK are changes of a history that lost. They can never be stored."
    },
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {

  private static final String LETTERS = "/api/admin/dead-letters";
  private static final String FORK = "FORK";

  private final Shell shell;

  /** With its surroundings. */
  public DeadLettersCommand(Shell shell) {
    this.shell = shell;
  }

  @Command(name = "list", header = "Lists all dead letters, the newest first.")
  int list(
      @Mixin AdminAccess access,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    Api api = access.api(shell);
    List<JsonNode> letters = letters(api);
    if (json) {
      shell.say(api.print(JsonNodeFactory.instance.arrayNode().addAll(letters)));
      return ExitCode.OK;
    }
    TextTable table = new TextTable("ID", "KIND", "SHARD", "CHANGE", "SINCE", "WHAT", "REASON");
    for (JsonNode letter : letters) {
      table.add(
          text(letter, "id"),
          text(letter, "kind"),
          text(letter, "shard"),
          letter.path("seq").asLong(),
          text(letter, "notedAt"),
          what(letter),
          text(letter, "reason"));
    }
    table.lines().forEach(shell::say);
    return ExitCode.OK;
  }

  @Command(
      name = "retry",
      header = "Writes refused rows once more.",
      description =
          "Ends with 0 where the database has taken them, with 1 where it refuses one again.")
  int retry(
      @Mixin AdminAccess access,
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The letter, as `list` names it.")
          @Nullable String id,
      @Option(names = "--all", description = "Every refused row; leaves out forks.") boolean all) {
    if (all == (id != null)) {
      throw CommandException.usage("name one letter by its ID, or --all");
    }
    if (id != null && !id.matches("[0-9]{1,18}")) {
      throw CommandException.usage("ID: found \"" + id + "\", expected a number that list shows");
    }
    Api api = access.api(shell);
    return id == null ? retryAll(api) : retry(api, id);
  }

  private int retry(Api api, String id) {
    api.post(LETTERS + "/" + id + "/retry", Map.of(), Map.of());
    shell.say("dead letter " + id + ": stored");
    return ExitCode.OK;
  }

  private int retryAll(Api api) {
    List<JsonNode> rows =
        letters(api).stream().filter(it -> !text(it, "kind").equals(FORK)).toList();
    int refused = 0;
    for (JsonNode row : rows) {
      try {
        retry(api, text(row, "id"));
      } catch (CommandException e) {
        if (e.exitCode() != ExitCode.FAILED) {
          throw e;
        }
        refused++;
        shell.complain(e.getMessage());
      }
    }
    shell.say((rows.size() - refused) + " of " + rows.size() + " stored");
    return refused == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static List<JsonNode> letters(Api api) {
    return api.all(LETTERS, "deadLetters");
  }

  private static String text(JsonNode letter, String property) {
    return letter.path(property).asString("");
  }

  /** What somebody has to know of it: which order of whom, which payment, which adjustment. */
  private static String what(JsonNode letter) {
    List<String> parts = new ArrayList<>();
    for (JsonNode order : letter.path("orders")) {
      parts.add(
          "%s, %s x %d, %s"
              .formatted(
                  text(order, "id"),
                  text(order, "buyer"),
                  order.path("quantity").asLong(),
                  text(order, "state")));
    }
    for (JsonNode refund : letter.path("refunds")) {
      parts.add(
          "%s, payment %s, %s"
              .formatted(text(refund, "order"), text(refund, "payment"), text(refund, "reason")));
    }
    for (JsonNode each : letter.path("adjustments")) {
      parts.add(
          "%s %d, %s"
              .formatted(text(each, "kind"), each.path("quantity").asLong(), text(each, "id")));
    }
    return String.join("; ", parts);
  }
}
