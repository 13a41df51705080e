package dev.stampede.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which nodes an edge sends which sales to. */
@Command(
    name = "routes",
    header = "Shows which nodes an edge sends dedicated sales to.",
    description = {
      "Prints the nodes that take requests, each with its role and the dedicated sales that it is"
          + " the first for, and then these sales with those that stand in. An edge polls the same"
          + " from any node: GET /api/routes, or /api/routes/nginx."
    })
public final class RoutesCommand implements Callable<Integer> {

  private static final String NODES = "nodes";

  private final Shell shell;

  @Mixin private final AdminAccess access = new AdminAccess();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /** With its surroundings. */
  public RoutesCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Api api = access.api(shell);
    JsonNode routes = api.get("/api/routes");
    if (json) {
      shell.say(api.print(routes));
    } else {
      nodes(routes).lines().forEach(shell::say);
      sales(routes).forEach(shell::say);
    }
    return ExitCode.OK;
  }

  private static TextTable nodes(JsonNode routes) {
    TextTable table = new TextTable("NODE", "ROLE", "FOR EDGES", "SALES");
    for (String role : List.of("standard", "dedicated")) {
      for (JsonNode node : routes.path(role)) {
        String url = node.path("url").asString();
        table.add(node.path("name").asString(), role, url, first(routes, url));
      }
    }
    return table;
  }

  private static long first(JsonNode routes, String url) {
    return routes
        .path("sales")
        .valueStream()
        .filter(sale -> sale.path(NODES).path(0).asString().equals(url))
        .count();
  }

  private static List<String> sales(JsonNode routes) {
    if (routes.path("sales").isEmpty()) {
      return List.of("no dedicated sale is open or to come");
    }
    TextTable table = new TextTable("DEDICATED SALE", "GOES TO");
    for (JsonNode sale : routes.path("sales")) {
      List<String> nodes = sale.path(NODES).valueStream().map(JsonNode::asString).toList();
      table.add(sale.path("sale").asString(), String.join(", then ", nodes));
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (routes.path("unlisted").asInt() > 0) {
      lines.add("and " + routes.path("unlisted").asInt() + " more, which go to standard nodes");
    }
    return lines;
  }
}
