package dev.stampede.load.plan;

import java.time.Duration;

/**
 * The open model: arrival n is due at n / rate, whatever the answers do. Latency counts from that
 * instant, so a server that stalls cannot hide the buyers who would have come meanwhile.
 *
 * @param ratePerSecond arrivals a second, above 0
 */
public record ArrivalSchedule(double ratePerSecond, Duration duration) {
  private static final double NANOS_PER_SECOND = 1e9;

  public ArrivalSchedule {
    if (!(ratePerSecond > 0) || duration.isNegative()) {
      throw new IllegalArgumentException("rate " + ratePerSecond + ", duration " + duration);
    }
  }

  /** How many arrivals the whole run has. */
  public long total() {
    return Math.round(ratePerSecond * duration.toNanos() / NANOS_PER_SECOND);
  }

  /** When arrival n (from 0) is due, in nanoseconds from the start of the run. */
  public long dueNanos(long n) {
    return Math.round(n * (NANOS_PER_SECOND / ratePerSecond));
  }
}
