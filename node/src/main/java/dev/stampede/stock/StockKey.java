package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.SaleId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names one shard of one sale.
 *
 * @param sale the sale
 * @param shard its number, 0 or more
 */
public record StockKey(SaleId sale, int shard) {

  /** Where the order lives. */
  public static StockKey of(OrderId order) {
    return new StockKey(order.sale(), order.shard());
  }

  /** The shard that keeps a buyer's limit and orders, of a sale with so many shards. */
  public static StockKey home(SaleId sale, int shards, BuyerId buyer) {
    int shard = shards == 1 ? 0 : Math.floorMod(buyer.value().hashCode(), shards);
    return new StockKey(sale, shard);
  }

  /** Every shard of a sale with so many shards. */
  public static List<StockKey> all(SaleId sale, int shards) {
    return IntStream.range(0, shards).mapToObj(shard -> new StockKey(sale, shard)).toList();
  }

  /** The public id of an order of this shard. */
  public OrderId orderId(OrderKey key) {
    return new OrderId(sale, shard, key);
  }

  @Override
  public String toString() {
    return sale + "/" + shard;
  }
}
