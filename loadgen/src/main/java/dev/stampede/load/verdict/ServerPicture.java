package dev.stampede.load.verdict;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the servers say.
 *
 * @param before the audit before the first buyer came
 * @param after the audit after everything ended
 * @param complete whether {@code orders} was asked for; without it only the grid is judged
 * @param stable whether the figures stood still while the orders were read, so that sums can be
 *     compared exactly
 * @param orders the database's orders, by sale
 * @param earlier ids of orders that the run's buyers had before it began
 * @param sampled states that single orders were seen in, by order id; {@link #NOT_FOUND} if none
 */
public record ServerPicture(
    Audit before,
    Audit after,
    boolean complete,
    boolean stable,
    Map<String, List<ServerOrder>> orders,
    Set<String> earlier,
    Map<String, String> sampled) {
  public static final String NOT_FOUND = "not found";

  List<ServerOrder> ordersOf(String sale) {
    return orders.getOrDefault(sale, List.of());
  }
}
