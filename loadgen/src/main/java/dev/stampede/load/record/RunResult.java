package dev.stampede.load.record;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Everything that a run did and was told, after its end.
 *
 * @param arrivals buyers who came, {@code notSent} included
 * @param notSent arrivals dropped because the bound of requests in flight was reached
 * @param requests sent, repeats included
 * @param setbacks how many attempts had to be made again, by reason
 * @param untilKnown purchases, from the intended start until their truth was known, retries
 *     included
 * @param all all latencies, in microseconds
 * @param replayFaults same key, another order; or an acknowledged order refused on repeat
 * @param refundFaults right payments that were sent back as ones for something else
 * @param unexpected the first few unexpected answers
 * @param soldOut how many purchases were refused as sold out, by sale
 */
public record RunResult(
    long arrivals,
    long notSent,
    long requests,
    Map<Outcome, Long> outcomes,
    Map<Setback, Long> setbacks,
    Map<Op, Percentiles> latencies,
    Percentiles untilKnown,
    Histogram all,
    List<Purchase> purchases,
    List<String> replayFaults,
    List<String> refundFaults,
    List<String> unexpected,
    Map<String, Long> soldOut) {

  public Percentiles latency() {
    return Percentiles.of(all);
  }

  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
