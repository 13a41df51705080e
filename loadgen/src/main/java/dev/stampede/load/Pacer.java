package dev.stampede.load;

import dev.stampede.load.http.Loop;
import dev.stampede.load.plan.ArrivalSchedule;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets arrivals onto the loop when they are due. Keeps its thread until the last has come. */
final class Pacer {
  // Waking the loop for each arrival by itself would cost more than the arrivals do.
  private static final long SHORTEST_PAUSE_NANOS = Duration.ofNanos(500_000).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  /** Takes arrival {@code n}, due at that {@link System#nanoTime()}. On the loop. */
  @FunctionalInterface
  interface Arrivals {
    void arrive(long n, long due);
  }

  private final Loop loop;
  private final BooleanSupplier stopped;

  Pacer(Loop loop, BooleanSupplier stopped) {
    this.loop = loop;
    this.stopped = stopped;
  }

  /**
   * Returns when the schedule has ended, or soon after it was stopped.
   *
   * @param start the {@link System#nanoTime()} from which the schedule counts
   */
  void pace(ArrivalSchedule schedule, long start, Arrivals arrivals) {
    long total = schedule.total();
    long next = 0;
    while (next < total && !stopped.getAsBoolean()) {
      long elapsed = System.nanoTime() - start;
      long from = next;
      while (next < total && schedule.dueNanos(next) <= elapsed) {
        next++;
      }
      long to = next;
      if (to > from) {
        loop.execute(() -> arrive(schedule, start, from, to, arrivals));
      }
      long pause = schedule.dueNanos(next) - elapsed;
      LockSupport.parkNanos(Math.clamp(pause, SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
    }
    waitUntil(start + schedule.duration().toNanos());
  }

  private static void arrive(
      ArrivalSchedule schedule, long start, long from, long to, Arrivals arrivals) {
    for (long n = from; n < to; n++) {
      arrivals.arrive(n, start + schedule.dueNanos(n));
    }
  }

  /** Waits for that {@link System#nanoTime()}, or until stopped. */
  void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime();
        left > 0 && !stopped.getAsBoolean();
        left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE_NANOS));
    }
  }
}
