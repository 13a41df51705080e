package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each buyer of a shard has, kept up with every order. For one thread. */
final class BuyerTotals {

  private final Map<BuyerId, BuyerTotal> totals = new HashMap<>();

  /**
   * Counts an order as it is now.
   *
   * @param before the same order as it was counted before, if it was
   */
  void enter(Order order, @Nullable Order before) {
    BuyerTotal adds = BuyerTotal.of(order);
    if (before == null) {
      totals.merge(order.buyer(), adds, BuyerTotal::plus);
      return;
    }
    BuyerTotal counted = BuyerTotal.of(before);
    if (!counted.equals(adds)) {
      totals.put(order.buyer(), of(order.buyer()).after(counted, adds));
    }
  }

  BuyerTotal of(BuyerId buyer) {
    return totals.getOrDefault(buyer, BuyerTotal.NONE);
  }

  /** How many buyers have more units than this. Looks at all of them. */
  long over(int limit) {
    return totals.values().stream().filter(total -> total.units() > limit).count();
  }
}
