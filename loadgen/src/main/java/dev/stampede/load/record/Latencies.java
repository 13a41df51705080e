package dev.stampede.load.record;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies from the instant a request was meant to be sent until its answer, in microseconds,
 * three digits. Belongs to the loop's thread.
 */
final class Latencies {
  private static final long HIGHEST_MICROS = 600_000_000L;
  private static final int DIGITS = 3;
  private static final int NANOS_PER_MICRO = 1000;

  private final Map<Op, Histogram> byOp = new EnumMap<>(Op.class);
  private final Histogram untilKnown = empty();
  private Histogram interval = empty();

  Latencies() {
    for (Op op : Op.values()) {
      byOp.put(op, empty());
    }
  }

  private static Histogram empty() {
    return new Histogram(HIGHEST_MICROS, DIGITS);
  }

  void record(Op op, long nanos) {
    long micros = micros(nanos);
    of(op).recordValue(micros);
    interval.recordValue(micros);
  }

  void recordUntilKnown(long nanos) {
    untilKnown.recordValue(micros(nanos));
  }

  private static long micros(long nanos) {
    return Math.clamp(nanos / NANOS_PER_MICRO, 1, HIGHEST_MICROS);
  }

  private Histogram of(Op op) {
    Histogram histogram = byOp.get(op);
    if (histogram == null) {
      throw new IllegalStateException("no histogram for " + op);
    }
    return histogram;
  }

  /** What was measured since the last call of this. */
  Histogram takeInterval() {
    Histogram taken = interval;
    interval = empty();
    return taken;
  }

  Percentiles percentiles(Op op) {
    return Percentiles.of(of(op));
  }

  Percentiles untilKnown() {
    return Percentiles.of(untilKnown);
  }

  Histogram all() {
    Histogram all = empty();
    byOp.values().forEach(all::add);
    return all;
  }
}
