package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Sales;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of hot shards, which every node has in its own memory: a near cache holds whatever is
 * read of a map, so nothing but a hot shard is ever read here. The owner of a shard puts its view
 * in while the shard is hot, which tells all nodes to drop the one they have; each gets the new one
 * within {@link #PERIOD}, or with the next reader.
 *
 * <p>A view has the key of its shard and so its owner: putting it in costs the owner no message.
 *
 * <p>Threads: any may read; one timer thread of its own puts in, and may wait for the grid where it
 * is told of a sale that this node has not met.
 */
final class HotViews implements AutoCloseable {

  /** How often an owner looks whether a view has changed, and a node whether it has it. */
  static final Duration PERIOD = Duration.ofMillis(50);

  /** A view that stays the same is put in this often, before it would be over (1 s). */
  private static final Duration REFRESH = Duration.ofMillis(400);

  private static final Logger LOG = LoggerFactory.getLogger(HotViews.class);

  private final IMap<StockKey, StockView> map;
  private final Sales sales;
  private final HotSales hot;
  private final Predicate<StockKey> owned;
  private final Function<StockKey, CompletableFuture<Outcome>> ask;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("views").daemon().factory());

  /** Bounded by the hot shards owned here. */
  private final ConcurrentMap<StockKey, Put> last = new ConcurrentHashMap<>();

  /** The hot shards that this node has in its memory. */
  private final Set<StockKey> cached = ConcurrentHashMap.newKeySet();

  /** What was put in, and when. */
  private record Put(StockView view, long nanoTime) {

    boolean isStillRight(StockView now, long nanoTime) {
      return view.available() == now.available()
          && view.phase() == now.phase()
          && nanoTime - this.nanoTime < REFRESH.toNanos();
    }
  }

  /**
   * Views of what is hot.
   *
   * @param owned whether this node owns a shard
   * @param ask asks the owner of a shard for its view
   */
  HotViews(
      IMap<StockKey, StockView> map,
      Sales sales,
      HotSales hot,
      Predicate<StockKey> owned,
      Function<StockKey, CompletableFuture<Outcome>> ask) {
    this.map = map;
    this.sales = sales;
    this.hot = hot;
    this.owned = owned;
    this.ask = ask;
  }

  void begin() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            this::tick, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The view of a hot shard: at once where this node has it, null where no owner has put it in yet.
   */
  CompletableFuture<StockView> read(StockKey key) {
    try {
      return map.getAsync(key).toCompletableFuture();
    } catch (HazelcastInstanceNotActiveException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Does at once what is done every {@link #PERIOD}: something has just become hot. */
  void hurry() {
    try {
      timer.execute(this::tick);
    } catch (RejectedExecutionException e) {
      LOG.debug("the node is leaving", e);
    }
  }

  private void tick() {
    try {
      Collection<String> all = hot.all();
      last.keySet().removeIf(key -> !all.contains(key.sale().value()));
      cached.removeIf(key -> !all.contains(key.sale().value()));
      all.stream().flatMap(sale -> shards(sale).stream()).forEach(this::renew);
    } catch (RuntimeException e) {
      // The grid is changing or leaving; the timer would stop for good if this went further.
      LOG.debug("views were not renewed", e);
    }
  }

  /** So that a buyer finds it in this node's memory, also the first and the one after a change. */
  private void renew(StockKey key) {
    if (owned.test(key)) {
      put(key);
    }
    CompletableFuture<?> _ = read(key).whenComplete((view, failure) -> note(key, view != null));
  }

  /** What has been read is in the near cache, until it changes. */
  private void note(StockKey key, boolean isHere) {
    if (isHere) {
      cached.add(key);
    } else {
      cached.remove(key);
    }
  }

  private List<StockKey> shards(String sale) {
    return SaleId.isValid(sale)
        ? sales.find(new SaleId(sale)).map(HotViews::shards).orElse(List.of())
        : List.of();
  }

  private static List<StockKey> shards(Sale sale) {
    return StockKey.all(sale.id(), sale.terms().shards());
  }

  private void put(StockKey key) {
    CompletableFuture<?> _ =
        ask.apply(key)
            .thenAccept(outcome -> {
              if (outcome instanceof Outcome.Viewed(StockView view)) {
                put(key, view);
              }
            });
  }

  private void put(StockKey key, StockView view) {
    long now = System.nanoTime();
    Put before = last.get(key);
    if (before == null || !before.isStillRight(view, now)) {
      last.put(key, new Put(view, now));
      var _ = map.setAsync(key, view);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** The sales of which this node had a view in its memory when it last looked. */
  Set<String> cachedSales() {
    return cached.stream().map(key -> key.sale().value()).collect(Collectors.toSet());
  }
}
