package dev.stampede.stock;

import dev.stampede.sale.SaleTerms;

/**
 * What new orders may pile up to before a shard takes no more of them. The bounds of the node that
 * owns the shard: only the owner decides, and a change carries its results, so nodes may differ.
 *
 * @param waitingOrders changed orders that may wait for the database, 1 or more; then new ones are
 *     refused, while those that are there may still be paid and cancelled
 * @param openOrdersPerBuyer orders of one buyer that wait for their payment and run out, 1 or more
 * @param ordersPerBuyer orders of one buyer in all, those that have ended included, 1 or more;
 *     {@link #BY_LIMIT} for what follows from the limit per buyer. Each stays in memory until the
 *     sale ends, so without a bound one buyer could fill it
 */
public record ShardBounds(int waitingOrders, int openOrdersPerBuyer, int ordersPerBuyer) {

  /** Stands for ten orders for each unit that a buyer may have, and 50 at least. */
  public static final int BY_LIMIT = 0;

  private static final int ORDERS_PER_UNIT = 10;
  private static final int LEAST_ORDERS = 50;

  /** Bounds by which the orders of a buyer follow from the limit per buyer. */
  public ShardBounds(int waitingOrders, int openOrdersPerBuyer) {
    this(waitingOrders, openOrdersPerBuyer, BY_LIMIT);
  }

  /** How many orders one buyer may place: never fewer than the units that he may have. */
  int ordersPerBuyer(SaleTerms terms) {
    int limit = terms.limitPerBuyer();
    return ordersPerBuyer == BY_LIMIT
        ? Math.max(LEAST_ORDERS, ORDERS_PER_UNIT * limit)
        : Math.max(ordersPerBuyer, limit);
  }
}
