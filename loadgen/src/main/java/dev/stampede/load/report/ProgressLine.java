package dev.stampede.load.report;

import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.record.Tick;
import java.util.List;

/**
 * One line on how the run goes.
 *
 * @param totalSeconds how long buyers are to come
 * @param targetRate arrivals a second; 0 in the closed model
 */
public record ProgressLine(double totalSeconds, double targetRate) {
  private static final List<Outcome> ALWAYS = List.of(Outcome.RESERVED, Outcome.PAID);
  private static final List<Outcome> WHERE_ANY =
      List.of(
          Outcome.SOLD_OUT,
          Outcome.LIMITED,
          Outcome.BUSY,
          Outcome.SHED,
          Outcome.TRANSPORT_ERROR,
          Outcome.UNKNOWN,
          Outcome.UNEXPECTED);

  /**
   * Tells how the run goes.
   *
   * @param seconds since the start
   * @param before the tick before {@code now}, {@code interval} seconds earlier
   * @param left units available by the last look; negative if unknown
   */
  public String of(
      double seconds, Tick before, Tick now, double interval, int inFlight, long left) {
    Percentiles latency = now.percentiles();
    StringBuilder line = new StringBuilder();
    line.append("%3.0f/%.0fs".formatted(Math.min(seconds, totalSeconds), totalSeconds));
    line.append("  %.0f/s".formatted((now.arrivals() - before.arrivals()) / interval));
    if (targetRate > 0) {
      line.append(" of %.0f".formatted(targetRate));
    }
    line.append("  %.0f req/s".formatted((now.requests() - before.requests()) / interval));
    line.append("  in flight %d".formatted(inFlight));
    line.append("  p50 %.1f p99 %.1f ms".formatted(latency.p50(), latency.p99()));
    ALWAYS.forEach(
        outcome -> line.append("  %s %d".formatted(outcome.label(), count(now, outcome))));
    for (Outcome outcome : WHERE_ANY) {
      if (count(now, outcome) > 0) {
        line.append("  %s %d".formatted(outcome.label(), count(now, outcome)));
      }
    }
    if (now.notSent() > 0) {
      line.append("  notSent %d".formatted(now.notSent()));
    }
    line.append((left < 0 ? "" : "  left %d").formatted(left));
    return line.toString();
  }

  private static long count(Tick tick, Outcome outcome) {
    return tick.outcomes().getOrDefault(outcome, 0L);
  }
}
