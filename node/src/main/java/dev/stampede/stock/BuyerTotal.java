package dev.stampede.stock;

import dev.stampede.order.Order;

/**
 * What one buyer has of a shard. There is one for each of up to a million buyers, and a new one
 * with each purchase, so the small ones are shared, as those of {@link Integer} are.
 *
 * @param units of orders that hold, sell or claim them: what the limit per buyer counts
 * @param openOrders those of these orders that wait for their payment and run out: an order that is
 *     placed for good is sold, not held
 * @param orders all orders of the buyer, those that have ended included: each of them takes memory
 */
record BuyerTotal(int units, int openOrders, int orders) {

  private static final int SHARED_UNITS = 32;
  private static final int SHARED_ORDERS = 8;

  /** By units, open orders and orders; an open order has one unit at least. */
  private static final BuyerTotal[][][] SHARED = new BuyerTotal[SHARED_UNITS][][];

  static {
    for (int units = 0; units < SHARED_UNITS; units++) {
      SHARED[units] = new BuyerTotal[units + 1][SHARED_ORDERS];
      for (int open = 0; open <= units; open++) {
        for (int orders = 0; orders < SHARED_ORDERS; orders++) {
          SHARED[units][open][orders] = new BuyerTotal(units, open, orders);
        }
      }
    }
  }

  /** Nothing. */
  static final BuyerTotal NONE = of(0, 0, 0);

  private static BuyerTotal of(int units, int openOrders, int orders) {
    return units < SHARED_UNITS && orders < SHARED_ORDERS
        ? SHARED[units][openOrders][orders]
        : new BuyerTotal(units, openOrders, orders);
  }

  /** What an order adds to the total of its buyer. */
  static BuyerTotal of(Order order) {
    return order.state().isLive()
        ? of(order.quantity(), order.state().hasDeadline() ? 1 : 0, 1)
        : of(0, 0, 1);
  }

  BuyerTotal plus(BuyerTotal other) {
    return of(units + other.units, openOrders + other.openOrders, orders + other.orders);
  }

  /** The total once an order that is in it goes on. */
  BuyerTotal after(BuyerTotal before, BuyerTotal next) {
    return of(
        units - before.units + next.units,
        openOrders - before.openOrders + next.openOrders,
        orders - before.orders + next.orders);
  }
}
