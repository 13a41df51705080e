package dev.stampede.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many purchases of one sale this node is at work on. Any thread may use it, without locks. */
final class SaleShare {

  private final AtomicInteger taken = new AtomicInteger();
  private volatile long askedAt;

  /** Takes one more, unless there are as many already. Whoever took one gives it back, once. */
  boolean tryTake(int most) {
    int now = taken.get();
    while (now < most) {
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
