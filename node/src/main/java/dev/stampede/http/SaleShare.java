package dev.stampede.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many purchases of one sale this node is at work on, and how many it may be, and take a
 * second, while others sell too. Any thread may use it, without locks.
 */
final class SaleShare {

  private final SaleLimit limit;
  private final Pace pace;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile long askedAt;

  SaleShare(SaleLimit limit, long nanoTime) {
    this.limit = limit;
    pace = new Pace(limit.perSecond(), nanoTime);
  }

  /**
   * Takes one more, unless there are as many already, or were within this second. Whoever took one
   * gives it back, once.
   *
   * @param alone whether no other sale needs this node, so that there may be any number
   * @param nanoTime now, by {@link System#nanoTime}
   */
  boolean tryTake(boolean alone, long nanoTime) {
    if (alone) {
      taken.incrementAndGet();
      return true;
    }
    if (!tryTakeOne()) {
      return false;
    }
    if (pace.tryStep(nanoTime)) {
      return true;
    }
    giveBack();
    return false;
  }

  /** Whether one more could not be taken at this moment while other sales sell too. */
  boolean isUsedUp(long nanoTime) {
    return taken.get() >= limit.atOnce() || pace.isUsedUp(nanoTime);
  }

  private boolean tryTakeOne() {
    int now = taken.get();
    while (now < limit.atOnce()) {
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

  SaleLimit limit() {
    return limit;
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
