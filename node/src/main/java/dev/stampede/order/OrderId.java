package dev.stampede.order;

import dev.stampede.sale.SaleId;
import java.util.Optional;

/**
 * The public name of an order, {@code sale.shard.key}. It says where the order lives, so no index
 * is needed to find one.
 *
 * @param sale the sale it was taken from
 * @param shard the shard of that sale, 0 or more
 * @param key which order of that shard
 */
public record OrderId(SaleId sale, int shard, OrderKey key) {

  /** The id that a text names, or empty where it names none. */
  public static Optional<OrderId> parse(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 1 || second < 0 || !SaleId.isValid(text.substring(0, first))) {
      return Optional.empty();
    }
    SaleId sale = new SaleId(text.substring(0, first));
    String shard = text.substring(first + 1, second);
    if (!shard.matches("0|[1-9][0-9]?")) {
      return Optional.empty();
    }
    return OrderKey.parse(text.substring(second + 1))
        .map(key -> new OrderId(sale, Integer.parseInt(shard), key));
  }

  @Override
  public String toString() {
    return sale + "." + shard + "." + key;
  }
}
