package dev.stampede.hotspot;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.stampede.hotspot.pipeline.AccessBatch;
import dev.stampede.hotspot.pipeline.AccessLog;
import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotspotConfig;
import dev.stampede.hotspot.pipeline.HotspotPipeline;
import dev.stampede.sale.HotSpell;
import dev.stampede.sale.Sale;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node takes part in finding hot sales: it tells what it counted, sees to it that the job
 * is there, and learns what is hot. Begun once, stopped once, closed once.
 */
public final class Hotspots implements AutoCloseable {

  private static final long SWEEP_MILLIS = 250;
  private static final long JOB_MILLIS = 2_000;
  private static final long HISTORY_MILLIS = 5_000;

  /** How long the last spells may take to be stored. */
  private static final Duration LAST_SPELLS = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Hotspots.class);

  private final String node;
  private final HotspotConfig config;
  private final AccessRecorder recorder = new AccessRecorder();
  private final HotSet hot = new HotSet();
  private final ScheduledExecutorService timer = timer("hotspot");
  private final ScheduledExecutorService jobTimer = timer("hotspot-job");
  private final ScheduledExecutorService historyTimer = timer("hotspot-history");
  private volatile @Nullable CachedOn cachedOn;
  private volatile @Nullable HotHistory history;

  /**
   * A hot sale.
   *
   * @param item what was found
   * @param cachedOn the nodes that have its stock in their memory
   */
  public record Spell(HotItem item, List<String> cachedOn) {}

  /**
   * Counts at once, and knows nothing yet.
   *
   * @param node what this node is called
   * @param config when something is hot
   */
  public Hotspots(String node, HotspotConfig config) {
    this.node = node;
    this.config = config;
  }

  private static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }

  /**
   * Begins to tell and to learn.
   *
   * @param member this node in the grid
   * @param sales all sales, of which some are promoted; asked often, must not block
   * @param cachedHere the sales whose stock this node has in its memory now
   * @param store stores spells that are over; may block, and throw where it cannot now
   */
  public void begin(
      HazelcastInstance member,
      Supplier<List<Sale>> sales,
      Supplier<Set<String>> cachedHere,
      Consumer<List<HotSpell>> store) {
    IMap<String, HotItem> items = member.getMap(HotspotPipeline.HOT_ITEMS);
    Ringbuffer<AccessBatch> log = member.getRingbuffer(AccessLog.NAME);
    CachedOn cached = new CachedOn(member, node, cachedHere);
    cachedOn = cached;
    HotHistory spells = new HotHistory(store, () -> isOldest(member), Clock.systemUTC());
    history = spells;
    hot.listen(spells);
    UUID _ = items.addEntryListener(new Found(), true);
    every(
        timer,
        AccessReporter.PERIOD_MILLIS,
        new AccessReporter(recorder, log, node, Clock.systemUTC()));
    every(
        timer,
        SWEEP_MILLIS,
        () -> {
          hot.sweep(System.nanoTime());
          cached.publish();
        });
    every(timer, SWEEP_MILLIS, new Promotions(sales, hot, Clock.systemUTC()));
    every(jobTimer, JOB_MILLIS, new HotspotJob(member, config)::ensure);
    every(historyTimer, HISTORY_MILLIS, spells);
  }

  private static boolean isOldest(HazelcastInstance member) {
    return member.getLifecycleService().isRunning()
        && member.getCluster().getMembers().iterator().next().localMember();
  }

  private static void every(ScheduledExecutorService timer, long millis, Runnable action) {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(() -> attempt(action), 0, millis, TimeUnit.MILLISECONDS);
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      // The grid is changing or leaving; the timer would stop for good otherwise.
      LOG.debug("hot sales are not looked after for a moment", e);
    }
  }

  /** Counts accesses on this node. */
  public AccessRecorder recorder() {
    return recorder;
  }

  /** What this node knows to be hot. */
  public HotSet hot() {
    return hot;
  }

  /** What is hot now, the hottest first. Does not wait for other nodes. */
  public List<Spell> now() {
    return hot.items().stream()
        .sorted(Comparator.comparingDouble(HotItem::rate).reversed())
        .map(this::spell)
        .toList();
  }

  /** What was found, and where it is in memory now. Does not wait for other nodes. */
  public Spell spell(HotItem item) {
    CachedOn where = cachedOn;
    return new Spell(item, where == null ? List.of() : where.nodes(item.key()));
  }

  /**
   * Tells and learns no more. What it has learned is stored until it is closed. The job goes on as
   * long as there is a node.
   */
  public void stop() {
    timer.shutdownNow();
    jobTimer.shutdownNow();
    HotHistory spells = history;
    if (spells != null) {
      spells.endAll();
    }
  }

  /**
   * Has the last spells stored. To be called after {@link #stop}, and while this node is in the
   * grid: it may have become the oldest one meanwhile. Blocks on the database, for ten seconds at
   * most.
   */
  @Override
  public void close() {
    HotHistory spells = history;
    if (spells != null) {
      historyTimer.execute(() -> attempt(spells));
    }
    historyTimer.shutdown();
    try {
      if (!historyTimer.awaitTermination(LAST_SPELLS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "the last spells of hot sales may be missing in the history: no time to store them");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An item is written when it is found, and once a second while it stays hot. */
  private final class Found
      implements EntryAddedListener<String, HotItem>, EntryUpdatedListener<String, HotItem> {
    @Override
    public void entryAdded(EntryEvent<String, HotItem> event) {
      hot.seen(event.getValue(), System.nanoTime());
    }

    @Override
    public void entryUpdated(EntryEvent<String, HotItem> event) {
      hot.seen(event.getValue(), System.nanoTime());
    }
  }
}
