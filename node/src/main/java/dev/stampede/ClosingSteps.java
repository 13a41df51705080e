package dev.stampede;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of an end, one after the other: a step that fails or takes too long never keeps a later
 * one from its turn. For one thread.
 */
final class ClosingSteps {

  private static final Logger LOG = LoggerFactory.getLogger(ClosingSteps.class);

  private boolean interrupted;

  /**
   * Takes the next step, on a thread of its own, and waits for its end.
   *
   * @param name what it does, for the log
   * @param most how long it is waited for; then it is interrupted and left alone
   */
  ClosingSteps then(String name, Duration most, Runnable step) {
    Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> attempt(name, step));
    thread.start();
    long end = System.nanoTime() + most.toNanos();
    while (thread.isAlive()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        LOG.error("{} did not end within {} s; the next step goes on", name, most.toSeconds());
        thread.interrupt();
        break;
      }
      await(thread, Duration.ofNanos(left));
    }
    return this;
  }

  private static void attempt(String name, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed; the next step goes on", name, e);
    }
  }

  /** An interrupt does not cut the end of a node short; whoever sent it sees it afterwards. */
  private void await(Thread thread, Duration most) {
    try {
      boolean _ = thread.join(most);
    } catch (InterruptedException e) {
      interrupted = true;
    }
  }

  /** All steps were taken. */
  void end() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
