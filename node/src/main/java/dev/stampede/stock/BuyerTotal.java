package dev.stampede.stock;

import dev.stampede.order.Order;

/**
 * What one buyer has of a shard. There is one for each of up to a million buyers, and a new one
 * with each purchase, so the small ones are shared, as those of {@link Integer} are.
 *
 * @param units of orders that hold, sell or claim them: what the limit per buyer counts
 * @param openOrders those of these orders that wait for their payment and run out: an order that is
 *     placed for good is sold, not held
 */
record BuyerTotal(int units, int openOrders) {

  private static final int SHARED_UNITS = 32;

  /** By units; an open order has one unit at least, so there are no more of those. */
  private static final BuyerTotal[][] SHARED = new BuyerTotal[SHARED_UNITS][];

  static {
    for (int units = 0; units < SHARED_UNITS; units++) {
      SHARED[units] = new BuyerTotal[units + 1];
      for (int open = 0; open <= units; open++) {
        SHARED[units][open] = new BuyerTotal(units, open);
      }
    }
  }

  /** Nothing. */
  static final BuyerTotal NONE = of(0, 0);

  private static BuyerTotal of(int units, int openOrders) {
    return units < SHARED_UNITS ? SHARED[units][openOrders] : new BuyerTotal(units, openOrders);
  }

  /** What an order adds to the total of its buyer. */
  static BuyerTotal of(Order order) {
    return order.state().isLive()
        ? of(order.quantity(), order.state().hasDeadline() ? 1 : 0)
        : NONE;
  }

  BuyerTotal plus(BuyerTotal other) {
    return of(units + other.units, openOrders + other.openOrders);
  }

  /** The total once an order that is in it goes on. */
  BuyerTotal after(BuyerTotal before, BuyerTotal next) {
    return of(units - before.units + next.units, openOrders - before.openOrders + next.openOrders);
  }
}
