package dev.stampede.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many a second, evenly, but for what was saved up in {@link #SAVED}: the generic cell rate
 * algorithm (ITU-T I.371), which needs one number and no timer. Any thread may use it, without
 * locks.
 */
final class Pace {

  /** After a pause of the collector a tenth of a second's buyers come at once. */
  static final Duration SAVED = Duration.ofMillis(100);

  private final long step;
  private final AtomicLong due;

  /**
   * A pace with nothing used up.
   *
   * @param perSecond 1 to 1,000,000,000
   * @param nanoTime now, by {@link System#nanoTime}
   */
  Pace(int perSecond, long nanoTime) {
    step = Duration.ofSeconds(1).toNanos() / perSecond;
    due = new AtomicLong(nanoTime);
  }

  /** Whether it is too early for the next one. Takes nothing. */
  boolean isUsedUp(long nanoTime) {
    return due.get() - nanoTime >= SAVED.toNanos();
  }

  /** Takes the next one, unless it is too early for it by more than {@link #SAVED}. */
  boolean tryStep(long nanoTime) {
    long at = due.get();
    while (at - nanoTime < SAVED.toNanos()) {
      long from = at - nanoTime < 0 ? nanoTime : at; // nanoTime may run over
      long seen = due.compareAndExchange(at, from + step);
      if (seen == at) {
        return true;
      }
      at = seen;
    }
    return false;
  }
}
