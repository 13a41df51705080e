package dev.stampede.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: asks the run to end, and gives it some seconds to tell what there is to tell. The JVM
 * then ends with 130 by itself.
 */
final class Stop {
  private static final Duration TIME_TO_END = Duration.ofSeconds(8);

  private final CountDownLatch told = new CountDownLatch(1);
  private volatile boolean asked;

  boolean isAsked() {
    return asked;
  }

  /** Watches for signals from now on. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "stop"));
  }

  private void interrupted() {
    if (told.getCount() == 0) {
      return;
    }
    asked = true;
    try {
      boolean _ = told.await(TIME_TO_END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is told: the JVM may end. */
  void done() {
    told.countDown();
  }
}
