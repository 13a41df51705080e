package dev.stampede.cli;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Says at intervals that something still goes on, until it is closed. On a thread of its own. */
final class WaitNotes implements AutoCloseable {

  private final Thread thread;

  /**
   * Notes at intervals.
   *
   * @param line given the seconds since the beginning
   */
  WaitNotes(Duration interval, Consumer<String> notes, LongFunction<String> line) {
    long begun = System.nanoTime();
    thread =
        Thread.ofVirtual()
            .name("wait-notes")
            .start(() -> {
              while (sleep(interval)) {
                long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
                notes.accept(line.apply(seconds));
              }
            });
  }

  /** False once it is closed. */
  private static boolean sleep(Duration interval) {
    try {
      Thread.sleep(interval);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
