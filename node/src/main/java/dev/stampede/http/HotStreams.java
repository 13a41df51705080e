package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.config.HttpLimits;
import dev.stampede.ops.MetricNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients that are told what becomes hot and cold on this node.
 *
 * <p>Memory: a log of the last events for all of them, and what is being written to each: at most
 * that log or one list of what is hot, which those who need it at the same time share.
 *
 * <p>Threads: one of its own, which never waits for a client; any thread may call {@link #open},
 * {@link #drain} and {@link #later}.
 */
final class HotStreams implements Heat.Watcher, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HotStreams.class);
  private static final byte[] COMMENT = ":\n\n".getBytes(US_ASCII);

  /** What a client cannot take in while so many comments were due, it does not read. */
  private static final int BEATS_MISSED = 3;

  /** How long clients may take to read their last events when the node leaves. */
  private static final long LAST_READS_MILLIS = 1_000;

  /** A list may be so old, where nothing has become hot or cold since. */
  private static final long LIST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Heat heat;
  private final Bounds bounds;
  private final ScheduledThreadPoolExecutor thread;
  private final SpellLog log = new SpellLog();
  private final Set<HotStream> all = ConcurrentHashMap.newKeySet();

  /** How many streams each network has. */
  private final Map<Network, Integer> perNetwork = new HashMap<>();

  /** The list as events by their name; all of them as of the same number and time. */
  private final Map<String, byte[]> lists = new HashMap<>();

  private long listsNumber;
  private long listsNanos;
  private boolean draining;

  /**
   * What streams may cost.
   *
   * @param most how many at a time, 1 or more
   * @param mostOfNetwork how many of them for one {@link Network}, 1 or more
   * @param beat after how long a comment is sent, shorter than Jetty's time-out of 30 s
   */
  record Bounds(int most, int mostOfNetwork, Duration beat) {
    static Bounds of(int mostOfNetwork) {
      return new Bounds(HttpLimits.MAX_STREAMS, mostOfNetwork, Duration.ofSeconds(10));
    }
  }

  HotStreams(Heat heat, Bounds bounds, MeterRegistry metrics) {
    this.heat = heat;
    this.bounds = bounds;
    // What comes when the server has stopped has nobody to be told to.
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("hot-streams").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    Gauge.builder(MetricNames.HOT_STREAMS, all, Set::size).register(metrics);
    heat.spells().tell(this::later, this);
    long millis = bounds.beat().toMillis();
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Has this done on the streams' thread. */
  void later(Runnable action) {
    thread.execute(() -> attempt(action));
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("streams of events are not looked after for a moment", e); // the others go on
    }
  }

  /** Takes a client in, or refuses it. */
  void open(HotStream stream) {
    later(() -> {
      if (draining) {
        stream.refuse(ProblemType.DRAINING);
      } else if (all.size() >= bounds.most()) {
        stream.refuse(ProblemType.TOO_MANY_STREAMS);
      } else if (perNetwork.getOrDefault(stream.network(), 0) >= bounds.mostOfNetwork()) {
        stream.refuse(ProblemType.TOO_MANY_STREAMS_OF_NETWORK);
      } else {
        all.add(stream);
        perNetwork.merge(stream.network(), 1, Integer::sum);
        stream.open(log.number(stream.lastEventId()));
      }
    });
  }

  @Override
  public void hot(Heat.HotSale sale) {
    tellAll("hot", StrictJson.bytes(sale));
  }

  @Override
  public void cold(String sale) {
    tellAll("cold", StrictJson.bytes(Map.of("sale", sale)));
  }

  private void tellAll(String name, byte[] json) {
    log.add(name, json);
    all.forEach(stream -> attempt(() -> catchUp(stream)));
  }

  /** Tells a client what it does not know, if it can be told something now. */
  void catchUp(HotStream stream) {
    if (stream.isFree() && stream.told() != log.last()) {
      byte[] news = log.after(stream.told()).orElseGet(() -> list(stream));
      stream.write(news, log.last());
    }
  }

  /**
   * Everything that is hot. It may be ahead of the log; what the log tells then once more changes
   * nothing: each event says how a sale is from there on.
   */
  private byte[] list(HotStream stream) {
    long now = System.nanoTime();
    if (listsNumber != log.last() || now - listsNanos >= LIST_NANOS) {
      lists.clear();
      listsNumber = log.last();
      listsNanos = now;
    }
    boolean first = stream.told() == SpellLog.NOTHING && stream.lastEventId() == null;
    return lists.computeIfAbsent(
        first ? "snapshot" : "reset",
        name -> log.event(name, HotEndpoint.json(heat.sales().get())));
  }

  /** So that no time-out ends a stream, and a client that is gone is noticed. */
  private void beat() {
    all.forEach(stream -> attempt(() -> beat(stream)));
  }

  private void beat(HotStream stream) {
    catchUp(stream); // where the list could not be had before
    if (stream.beat(COMMENT) >= BEATS_MISSED) {
      stream.cut(); // its write fails by that, and it is forgotten
    }
  }

  /** A client is gone. */
  void forget(HotStream stream) {
    if (all.remove(stream)) {
      perNetwork.computeIfPresent(stream.network(), (_, open) -> open == 1 ? null : open - 1);
    }
  }

  /** Ends all streams, and takes no more. Clients find another node. */
  void drain() {
    later(() -> {
      draining = true;
      List<HotStream> last = new ArrayList<>(all);
      all.clear();
      perNetwork.clear();
      last.forEach(stream -> attempt(stream::end));
      ScheduledFuture<?> _ =
          thread.schedule(
              () -> last.stream().filter(HotStream::isStuck).forEach(HotStream::cut),
              LAST_READS_MILLIS,
              TimeUnit.MILLISECONDS);
    });
  }

  /** Ends the thread. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
