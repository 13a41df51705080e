package dev.stampede.http;

import dev.stampede.routing.Role;
import dev.stampede.routing.RouteTable;
import dev.stampede.routing.RoutedNode;
import java.util.List;

/**
 * A table of routes as nginx reads it: to be included in {@code http { }}, where {@code
 * $stampede_sale} is the sale that a request is about, or empty. Sets {@code $stampede_nodes}, for
 * {@code proxy_pass}.
 *
 * <p>Sales stand behind a prefix: {@code default}, {@code include} and others mean something else
 * to a map. Everything from outside is of a shape that can end nothing: {@link RoutedNode#URL} and
 * {@link dev.stampede.sale.SaleId}.
 *
 * <p>{@code max_fails=0}: nginx takes an answer that it is to repeat elsewhere, such as the 503 of
 * a frozen sale, for a failure of the node, and would keep all sales from it. Who is gone leaves
 * the table within seconds.
 */
final class NginxRoutes {

  private static final String STANDARD = "stampede_standard";
  private static final String DEDICATED = "stampede_dedicated_";

  private final RouteTable table;
  private final List<RoutedNode> standard;
  private final List<RoutedNode> dedicated;
  private final StringBuilder text = new StringBuilder();

  private NginxRoutes(RouteTable table) {
    this.table = table;
    this.standard = table.with(Role.STANDARD);
    this.dedicated = table.with(Role.DEDICATED);
  }

  /** The text, in ASCII; the table must not be empty. */
  static String of(RouteTable table) {
    NginxRoutes routes = new NginxRoutes(table);
    routes.write();
    return routes.text.toString();
  }

  private void write() {
    line("# Stampede's routes, version " + table.version() + ". Written by a node, not by hand.");
    line("# " + table.routes().size() + " dedicated sales; unlisted: " + table.unlisted());
    if (standard.isEmpty()) {
      upstream(STANDARD, dedicated, List.of());
    } else {
      upstream(STANDARD, standard, dedicated);
    }
    for (RoutedNode node : dedicated) {
      List<RoutedNode> others = dedicated.stream().filter(each -> !each.equals(node)).toList();
      upstream(name(node), List.of(node), others.isEmpty() ? standard : others);
    }
    line("map \"sale:$stampede_sale\" $stampede_nodes {");
    line("  default " + STANDARD + ";");
    if (!dedicated.isEmpty()) {
      table
          .routes()
          .forEach(
              route -> line("  sale:" + route.sale() + " " + name(route.nodes().getFirst()) + ";"));
    }
    line("}");
  }

  private String name(RoutedNode node) {
    return DEDICATED + (dedicated.indexOf(node) + 1);
  }

  private void upstream(String name, List<RoutedNode> nodes, List<RoutedNode> backups) {
    line("upstream " + name + " {");
    nodes.forEach(node -> line("  server " + node.authority() + " max_fails=0;"));
    backups.forEach(node -> line("  server " + node.authority() + " max_fails=0 backup;"));
    line("  keepalive 64;");
    line("}");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
