package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures how long the database needs to catch up with a burst, by audits in short turns on a
 * thread of its own.
 */
final class BacklogWatch implements AutoCloseable {

  private static final long PAUSE_MILLIS = 200;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backlog-watch").factory());
  private final Supplier<AuditReport> source;
  private final List<AuditReport> audits = new ArrayList<>();

  /** Watches by these audits, after some time: each costs the database a little. */
  BacklogWatch(Supplier<AuditReport> source, Duration delay) {
    this.source = source;
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, delay.toMillis(), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      AuditReport audit = source.get();
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
    return later.stream()
        .filter(each -> each.reaches(later.getFirst()))
        .findFirst()
        .map(each -> Duration.between(burstEnd, each.at()));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
