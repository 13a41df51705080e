package dev.stampede.http;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderState;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.StoredShard;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The stored orders of a sale, page by page. Any thread may ask; blocks on the database. */
@FunctionalInterface
public interface OrderPages {

  /** The next orders, always in the same order, which {@code after} refers to. */
  Page page(SaleId sale, Query query);

  /**
   * Which orders.
   *
   * @param shard only those of this shard; empty for all
   * @param since only those that a later change of their shard than this one touched; 0 for all
   * @param limit how many at most, 1 or more
   * @param after the last order of the page before; empty for the first page
   */
  record Query(OptionalInt shard, long since, int limit, Optional<OrderId> after) {}

  /**
   * Some orders, and the shards of the sale at the same instant.
   *
   * @param orders no more than were asked for
   * @param shards all of them, by number
   */
  record Page(List<Row> orders, List<StoredShard> shards) {}

  /**
   * One order as the database has it.
   *
   * @param id which
   * @param buyer whose
   * @param quantity its units
   * @param state where it stands
   */
  record Row(OrderId id, BuyerId buyer, int quantity, OrderState state) {}
}
