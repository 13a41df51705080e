package dev.stampede.grid;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what nobody reports. */
final class Polling {

  private static final long POLL_MILLIS = 20;

  private Polling() {}

  /**
   * Waits until a condition holds. Blocks.
   *
   * @return whether it does; false after so long, or if the thread is interrupted
   */
  static boolean await(BooleanSupplier condition, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
