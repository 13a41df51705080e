package dev.stampede.stock;

import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the newest step of an order stands in the chain of its shard.
 *
 * @param change the change that made the step
 * @param index the place of the order among the orders of the change, from 0
 */
public record Receipt(ShardChange change, int index) {

  /**
   * The receipt for an order.
   *
   * @throws IllegalStateException where the change has no such order, or another hash than it says
   */
  public static Receipt of(ShardChange change, OrderKey order) {
    List<Order> orders = change.orders();
    int index =
        IntStream.range(0, orders.size())
            .filter(i -> orders.get(i).key().equals(order))
            .findFirst()
            .orElse(-1);
    if (index < 0 || !change.isGenuine()) {
      throw new IllegalStateException(
          change + " is stored, but does not hold order " + order + " under its hash");
    }
    return new Receipt(change, index);
  }

  /** The bytes of the order as they stand in the body of the change. */
  public byte[] entry() {
    return ChangeCodec.encode(change.orders().get(index));
  }
}
