package dev.stampede.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many purchases of one sale this node is at work on, and how many it may be while others sell
 * too. Any thread may use it, without locks.
 */
final class SaleShare {

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile long askedAt;

  SaleShare(int most) {
    this.most = most;
  }

  /**
   * Takes one more, unless there are as many already. Whoever took one gives it back, once.
   *
   * @param alone whether no other sale needs this node, so that there may be any number
   */
  boolean tryTake(boolean alone) {
    int limit = alone ? Integer.MAX_VALUE : most;
    int now = taken.get();
    while (now < limit) {
      int seen = taken.compareAndExchange(now, now + 1);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    return false;
  }

  void giveBack() {
    taken.decrementAndGet();
  }

  int most() {
    return most;
  }

  int taken() {
    return taken.get();
  }

  /** When it was asked for last, by {@link System#nanoTime}. */
  long askedAt() {
    return askedAt;
  }

  void asked(long nanoTime) {
    askedAt = nanoTime;
  }
}
