package dev.stampede.cli;

import static java.util.stream.Collectors.toSet;

import dev.stampede.order.BuyerId;
import dev.stampede.sale.SaleId;
import dev.stampede.security.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A purchase by itself, before anybody says that the cluster is ready. */
final class DemoProbe {

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

  private final List<String> nodes;
  private final String token;

  /** By a buyer of its own, at these nodes. */
  DemoProbe(Shell shell, List<String> nodes) {
    this.nodes = nodes;
    this.token =
        AdminAccess.tokens(shell).issue(new Identity(BuyerId.of("probe"), false), TOKEN_LIFE);
  }

  /**
   * Buys one unit at the first node, looks at the order at every node, gives it up at the last.
   *
   * @throws CommandException where any of that fails
   */
  void run(SaleId sale) {
    String order =
        at(nodes.getFirst())
            .post("/api/sales/" + sale + "/orders", Map.of("quantity", 1), key("probe-buy"))
            .body()
            .path("id")
            .asString();
    for (String node : nodes) {
      String found = at(node).get("/api/orders/" + order).path("id").asString("");
      if (!found.equals(order)) {
        throw CommandException.failed(node + " does not know the order " + order);
      }
    }
    var _ =
        at(nodes.getLast()).post("/api/orders/" + order + "/cancel", Map.of(), key("probe-cancel"));
  }

  /** Whether every node lists these sales: whoever looks for one may ask any. */
  boolean areListed(List<String> sales) {
    return nodes.stream().allMatch(node -> listed(node).containsAll(sales));
  }

  private Set<String> listed(String node) {
    return new SaleClient(at(node))
        .all().stream().map(sale -> sale.path("id").asString()).collect(toSet());
  }

  private Api at(String node) {
    return new Api(List.of(node), token);
  }

  private static Map<String, String> key(String key) {
    return Map.of("Idempotency-Key", key);
  }
}
