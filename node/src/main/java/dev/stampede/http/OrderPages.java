package dev.stampede.http;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderState;
import dev.stampede.sale.SaleId;
import java.util.List;
import java.util.Optional;

/** The stored orders of a sale, page by page. Any thread may ask; blocks on the database. */
@FunctionalInterface
public interface OrderPages {

  /**
   * The next orders, always in the same order, which {@code after} refers to.
   *
   * @param limit how many at most, 1 or more
   * @param after the last order of the page before; empty for the first page
   */
  List<Row> page(SaleId sale, int limit, Optional<OrderId> after);

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
