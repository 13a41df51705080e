package dev.stampede.routing;

import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Tier;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where an edge should send whom. Immutable; two nodes that know the same have equal ones.
 *
 * @param version names the content: another version, another content
 * @param nodes those that take requests, by address, {@value #MAX_NODES} at most
 * @param routes the dedicated sales that are not over, by name, {@value #MAX_SALES} at most: those
 *     that open first
 * @param unlisted how many more there are; an edge treats them like any other sale
 */
public record RouteTable(String version, List<RoutedNode> nodes, List<Route> routes, int unlisted) {

  /** Far above what a grid may have. */
  public static final int MAX_NODES = 64;

  /** With it, a table has 100 KB, and less than 2 MB with the longest of addresses. */
  public static final int MAX_SALES = 1_000;

  /** How many nodes a sale has: one, and those that stand in for it. */
  public static final int MAX_HOPS = 3;

  /** Nobody is there. */
  public static final RouteTable NONE = of(List.of(), new Dedicated(List.of(), 0));

  private static final int VERSION_BYTES = 12;

  /**
   * The nodes of one sale.
   *
   * @param sale its name
   * @param nodes where to send its buyers; those behind the first are for when that does not answer
   */
  public record Route(SaleId sale, List<RoutedNode> nodes) {}

  /**
   * The sales that a table is to list.
   *
   * @param sales by name
   * @param unlisted how many found no room
   */
  public record Dedicated(List<SaleId> sales, int unlisted) {

    /**
     * Those of all sales that are kept apart and not over.
     *
     * @param now milliseconds since 1970
     */
    public static Dedicated of(Collection<Sale> all, long now) {
      List<Sale> current =
          all.stream()
              .filter(sale -> sale.tier() == Tier.DEDICATED)
              .filter(sale -> now < sale.terms().closesAt().toEpochMilli())
              .sorted(
                  Comparator.comparing((Sale sale) -> sale.terms().opensAt())
                      .thenComparing(Sale::id))
              .toList();
      List<SaleId> listed = current.stream().limit(MAX_SALES).map(Sale::id).sorted().toList();
      return new Dedicated(listed, current.size() - listed.size());
    }
  }

  /** The table of these nodes, in whatever order, and sales. */
  public static RouteTable of(Collection<RoutedNode> present, Dedicated dedicated) {
    List<RoutedNode> nodes = listed(present);
    List<RoutedNode> own = with(nodes, Role.DEDICATED);
    List<RoutedNode> used = own.isEmpty() ? nodes : own;
    List<Route> routes = dedicated.sales().stream().map(sale -> route(sale, used)).toList();
    return new RouteTable(
        version(nodes, routes, dedicated.unlisted()), nodes, routes, dedicated.unlisted());
  }

  /** Two nodes at one address are one for an edge. */
  private static List<RoutedNode> listed(Collection<RoutedNode> present) {
    return present.stream()
        .collect(
            Collectors.toMap(
                RoutedNode::url,
                Function.identity(),
                (a, b) -> a.text().compareTo(b.text()) < 0 ? a : b))
        .values()
        .stream()
        .sorted()
        .limit(MAX_NODES)
        .toList();
  }

  private static Route route(SaleId sale, List<RoutedNode> nodes) {
    return new Route(sale, Rendezvous.order(sale, nodes).stream().limit(MAX_HOPS).toList());
  }

  /** Over everything that it says, so that it changes exactly when that does. */
  private static String version(List<RoutedNode> nodes, List<Route> routes, int unlisted) {
    String content =
        nodes.stream().map(RoutedNode::text).collect(Collectors.joining("\n"))
            + "\n\n"
            + routes.stream().map(RouteTable::text).collect(Collectors.joining("\n"))
            + "\n\n"
            + unlisted;
    return HexFormat.of().formatHex(Rendezvous.sha256(content), 0, VERSION_BYTES);
  }

  private static String text(Route route) {
    return route.nodes().stream()
        .map(RoutedNode::url)
        .collect(Collectors.joining(" ", route.sale() + " ", ""));
  }

  /** Whether it would be the same for these nodes and sales, which is cheaper than to make it. */
  public boolean isOf(Collection<RoutedNode> present, Dedicated dedicated) {
    return nodes.equals(listed(present))
        && unlisted == dedicated.unlisted()
        && routes.stream().map(Route::sale).toList().equals(dedicated.sales());
  }

  /** Nobody is known to take requests: nothing that an edge should believe. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** The nodes with a role, by address. */
  public List<RoutedNode> with(Role role) {
    return with(nodes, role);
  }

  private static List<RoutedNode> with(List<RoutedNode> nodes, Role role) {
    return nodes.stream().filter(node -> node.role() == role).toList();
  }
}
