package dev.stampede.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the requests that are being answered, and closes the door. Any thread may use it.
 *
 * <p>A request counts itself before it looks at the door, so that one which found it open is waited
 * for.
 */
final class Running {

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final LongAdder requests = new LongAdder();
  private volatile boolean open;
  private volatile boolean draining;

  void begin() {
    requests.increment();
  }

  void end() {
    requests.decrement();
  }

  /** Whether this node knows the sales: before that, it can say nothing about them. */
  boolean isOpen() {
    return open;
  }

  /** From now on it does. */
  void open() {
    open = true;
  }

  /** Whether no new purchases are taken. */
  boolean isDraining() {
    return draining;
  }

  /** Closes the door for new purchases. */
  void drain() {
    draining = true;
  }

  /** Waits until nothing runs, and says whether that came to pass in time. */
  boolean awaitNone(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (requests.sum() > 0) {
      if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }
}
