package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import dev.stampede.config.LaneSettings;
import dev.stampede.sale.Sale;
import dev.stampede.sale.Sales;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stock in the grid: a lane for each shard, made when it is first asked for. It leads to the
 * map of its sale's tier for good, as a tier never changes.
 */
final class GridStock implements Stock {

  /**
   * How old a view may be that is given out without asking the owner. With the 1 s for which
   * clients may keep it, and much below what a person notices.
   */
  private static final Duration VIEW_AGE = Duration.ofMillis(200);

  private final Sales sales;
  private final Map<Tier, TierLanes> tiers;
  private final LaneCounters counters = new LaneCounters();

  /** Bounded by the shards of known sales. */
  private final ConcurrentMap<StockKey, ShardLane> lanes = new ConcurrentHashMap<>();

  private volatile boolean draining;

  /** What the lanes of a tier have in common. */
  record TierLanes(LaneSettings settings, ShardLane.LaneCalls calls) {}

  /**
   * Stock without lanes yet.
   *
   * @param lanes asked once for each tier
   */
  GridStock(Sales sales, Function<Tier, TierLanes> lanes) {
    this.sales = sales;
    this.tiers = Arrays.stream(Tier.values()).collect(Collectors.toMap(tier -> tier, lanes));
  }

  @Override
  public CompletableFuture<Outcome> execute(StockKey key, ShardCommand command) {
    return executeDurably(key, command, Duration.ZERO);
  }

  @Override
  public CompletableFuture<Outcome> executeDurably(
      StockKey key, ShardCommand command, Duration most) {
    ShardLane lane = lane(key);
    if (lane == null) {
      return unanswered(Outcome.Why.NO_SUCH_SHARD);
    }
    if (command instanceof ShardCommand.View) {
      Optional<StockView> view = lane.viewNotOlderThan(VIEW_AGE.toNanos());
      if (view.isPresent()) {
        return CompletableFuture.completedFuture(new Outcome.Viewed(view.get()));
      }
    } else if (draining && command instanceof ShardCommand.Reserve) {
      return unanswered(Outcome.Why.DRAINING);
    }
    return lane.submit(command, most);
  }

  /** The view of a shard as its owner has it now, whatever this node remembers. */
  CompletableFuture<Outcome> freshView(StockKey key) {
    ShardLane lane = lane(key);
    return lane == null
        ? unanswered(Outcome.Why.NO_SUCH_SHARD)
        : lane.submit(new ShardCommand.View());
  }

  private @Nullable ShardLane lane(StockKey key) {
    ShardLane lane = lanes.get(key);
    return lane != null
        ? lane
        : sales
            .find(key.sale())
            .filter(sale -> key.shard() < sale.terms().shards())
            .map(sale -> newLane(key, sale))
            .orElse(null);
  }

  private ShardLane newLane(StockKey key, Sale sale) {
    TierLanes tier = Objects.requireNonNull(tiers.get(sale.tier()));
    return lanes.computeIfAbsent(
        key, k -> new ShardLane(k, tier.settings(), tier.calls(), counters));
  }

  private static CompletableFuture<Outcome> unanswered(Outcome.Why why) {
    return CompletableFuture.completedFuture(new Outcome.Unanswered(why));
  }

  /** Takes no more new orders on this node. */
  void drain() {
    draining = true;
  }

  void giveUpOverdue() {
    lanes.values().forEach(ShardLane::giveUpOverdue);
  }

  boolean isIdle() {
    return lanes.values().stream().allMatch(ShardLane::isIdle);
  }

  LaneCounters counters() {
    return counters;
  }

  /** How many commands wait on this node. */
  int waiting() {
    return lanes.values().stream().mapToInt(ShardLane::length).sum();
  }

  /** The lanes' way to the owners, through one map. */
  record GridCalls(
      IMap<StockKey, StockShard> map,
      ShardInstaller installer,
      LocalShards local,
      ScheduledExecutorService answers,
      DurableWaits waits)
      implements ShardLane.LaneCalls {

    @Override
    public CompletionStage<BatchResult> execute(StockKey key, ExecuteCommands batch) {
      try {
        return map.submitToKey(key, batch);
      } catch (HazelcastInstanceNotActiveException e) {
        return CompletableFuture.failedStage(e);
      }
    }

    @Override
    public boolean isBackedUp(StockKey key) {
      return local.isBackedUp(key);
    }

    @Override
    public CompletionStage<Boolean> install(StockKey key) {
      return installer.install(key);
    }

    @Override
    public CompletionStage<Boolean> stored(StockKey key, int epoch, long seq, Duration most) {
      return waits.await(key, epoch, seq, most);
    }

    @Override
    public void after(Duration time, Runnable action) {
      ScheduledFuture<?> _ = answers.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
