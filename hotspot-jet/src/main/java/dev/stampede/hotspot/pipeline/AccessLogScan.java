package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import java.util.Map;
import java.util.Set;

/**
 * The hottest sales of access logs, as two batch jobs over the same files: who they are, then their
 * busiest seconds. Counting seconds at once would take memory for every second of every sale; so it
 * takes some for each sale, and for the seconds of the few that matter.
 *
 * <pre>
 *   files ─▶ lines ─▶ count by sale   (one counter a core) ─▶ add up ─▶ {@link ScanTotals}
 *   files ─▶ lines ─▶ count by second (one counter a core) ─▶ add up ─▶ {@link Peak}s
 * </pre>
 */
public final class AccessLogScan {

  /** How many different sales are told apart; each takes about 300 bytes. */
  public static final int MAX_SALES = 1_000_000;

  private AccessLogScan() {}

  /**
   * The first job: one {@link ScanTotals}.
   *
   * @param top how many sales it shall name
   * @param maxSales how many different sales it shall tell apart
   */
  public static Pipeline build(
      LogFiles logs, int top, int maxSales, Sink<? super ScanTotals> sink) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .readFrom(LogSource.of(logs))
        .aggregate(
            AggregateOperation.withCreate(() -> new SaleTotals(logs, maxSales))
                .<LogLine>andAccumulate(SaleTotals::add)
                .andCombine(SaleTotals::add)
                .andExportFinish(totals -> totals.hottest(top)))
        .writeTo(sink);
    return pipeline;
  }

  /** The second job: one map of {@link Peak}s by sale, for these sales. */
  public static Pipeline buildPeaks(
      LogFiles logs, Set<String> sales, Sink<? super Map<String, Peak>> sink) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .readFrom(LogSource.of(logs))
        .aggregate(
            AggregateOperation.withCreate(() -> new SaleSeconds(logs, sales))
                .<LogLine>andAccumulate(SaleSeconds::add)
                .andCombine(SaleSeconds::add)
                .andExportFinish(SaleSeconds::peaks))
        .writeTo(sink);
    return pipeline;
  }
}
