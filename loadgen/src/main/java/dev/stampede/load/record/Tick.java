package dev.stampede.load.record;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The run so far, and the latencies since the tick before.
 *
 * @param requests answered or not, repeats included
 */
public record Tick(
    long arrivals, long notSent, long requests, Map<Outcome, Long> outcomes, Histogram interval) {
  public Percentiles percentiles() {
    return Percentiles.of(interval);
  }
}
