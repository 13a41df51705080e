package dev.stampede.load.record;

import org.HdrHistogram.Histogram;

/** Latencies in milliseconds; all 0 where nothing was measured. */
public record Percentiles(long count, double p50, double p90, double p99, double p999, double max) {
  public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0);

  private static final double MICROS_PER_MILLI = 1000;

  static Percentiles of(Histogram micros) {
    return new Percentiles(
        micros.getTotalCount(),
        at(micros, 50),
        at(micros, 90),
        at(micros, 99),
        at(micros, 99.9),
        micros.getMaxValue() / MICROS_PER_MILLI);
  }

  private static double at(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
