package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import dev.stampede.ops.AuditReport.ShardAudit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Measures how long the database needs to catch up with a burst, by audits in short turns on a
 * thread of its own.
 */
final class BacklogWatch implements AutoCloseable {

  private static final long PAUSE_MILLIS = 200;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backlog-watch").factory());
  private final Api api;
  private final List<AuditReport> audits = new ArrayList<>();

  /** Watches by this API, after some time: every audit costs the database a little. */
  BacklogWatch(Api api, Duration delay) {
    this.api = api;
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, delay.toMillis(), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      AuditReport audit = api.get(VerifyCommand.AUDIT, AuditReport.class);
      synchronized (audits) {
        audits.add(audit);
      }
    } catch (CommandException e) {
      // A node that is being killed does not answer; the next look asks another.
    }
  }

  /**
   * From the end of a burst until the database had all that the grid had at that end; empty where
   * that was not seen. What happens later, such as holds that end, does not count.
   */
  Optional<Duration> drained(Instant burstEnd) {
    synchronized (audits) {
      return drained(burstEnd, audits);
    }
  }

  static Optional<Duration> drained(Instant burstEnd, List<AuditReport> audits) {
    List<AuditReport> later = audits.stream().filter(each -> each.at().isAfter(burstEnd)).toList();
    if (later.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> burst = seqs(later.getFirst(), ShardAudit::gridSeq);
    return later.stream()
        .filter(each -> reaches(seqs(each, ShardAudit::databaseSeq), burst))
        .findFirst()
        .map(each -> Duration.between(burstEnd, each.at()));
  }

  private static boolean reaches(Map<String, Long> stored, Map<String, Long> wanted) {
    return wanted.entrySet().stream()
        .allMatch(each -> stored.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }

  private static Map<String, Long> seqs(AuditReport audit, ToLongFunction<ShardAudit> side) {
    return audit.sales().stream()
        .map(sale ->
            sale.shards().stream()
                .collect(
                    Collectors.toMap(
                        shard -> sale.sale() + "/" + shard.shard(), side::applyAsLong)))
        .flatMap(shards -> shards.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
