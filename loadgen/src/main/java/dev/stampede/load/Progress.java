package dev.stampede.load;

import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import dev.stampede.load.record.RunRecord;
import dev.stampede.load.record.Tick;
import dev.stampede.load.report.ProgressLine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Once a second: a line for people, a histogram for the log. On a thread of its own. */
final class Progress implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("progress").daemon().factory());
  private final Loop loop;
  private final Client client;
  private final RunRecord record;
  private final StockWatch stock;
  private final ProgressLine line;
  private final Terminal terminal;
  private final HdrLog log;
  private final long start = System.nanoTime();
  private Tick before;
  private long lastNanos = start;
  private Instant lastInstant = Instant.now();

  Progress(
      Loop loop,
      Client client,
      RunRecord record,
      StockWatch stock,
      ProgressLine line,
      Terminal terminal,
      HdrLog log) {
    this.loop = loop;
    this.client = client;
    this.record = record;
    this.stock = stock;
    this.line = line;
    this.terminal = terminal;
    this.log = log;
    this.before = record.tick();
    var _ = thread.scheduleAtFixedRate(this::show, 1, 1, TimeUnit.SECONDS);
  }

  private record Seen(Tick tick, int inFlight, long left) {}

  private void show() {
    try {
      Seen seen = look();
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      double interval = (System.nanoTime() - lastNanos) / NANOS_PER_SECOND;
      terminal.progress(
          line.of(seconds, before, seen.tick(), interval, seen.inFlight(), seen.left()));
      remember(seen.tick());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the loop answers such questions", e);
    }
  }

  private Seen look() throws InterruptedException, ExecutionException {
    return loop.ask(() -> new Seen(record.tick(), client.inFlight(), stock.left())).get();
  }

  private void remember(Tick tick) {
    Instant now = Instant.now();
    log.add(tick.interval(), lastInstant, now);
    before = tick;
    lastInstant = now;
    lastNanos = System.nanoTime();
  }

  /** Logs what there is since the last second, and shows no more. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean _ = thread.awaitTermination(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS);
      remember(look().tick());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the loop answers such questions", e);
    }
  }
}
