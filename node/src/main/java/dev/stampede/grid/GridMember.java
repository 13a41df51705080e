package dev.stampede.grid;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.HostPort;
import dev.stampede.persistence.DatabaseException;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.SaleTable;
import dev.stampede.persistence.ShardTable;
import dev.stampede.sale.Sales;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part of the grid: the Hazelcast member, and what works on it. Started once, closed
 * once, by the thread that owns the node.
 */
public final class GridMember implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GridMember.class);

  /** How long the backlog may take to be written when the node leaves. */
  private static final Duration STORE_DRAIN = Duration.ofSeconds(20);

  private final HazelcastInstance member;
  private final ClusterSettings cluster;
  private final Duration longestWait;
  private final LocalShards local;
  private final StockStores stores;
  private final GridSales sales;
  private final KnownTiers tiers;
  private final GridStock stock;
  private final OwnerRounds rounds;
  private final GridWatch watch;
  private final HotViews views;
  private final HotReads reads;
  private final GridMaps maps;
  private final ClockWatch clocks;
  private final DurableWaits waits = new DurableWaits();
  private final ScheduledExecutorService answers;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer;

  private GridMember(
      HazelcastInstance member,
      GridSettings settings,
      HotSales hot,
      LocalShards local,
      StockStores stores,
      ShardTable shardTable,
      SaleTable saleTable,
      LongSupplier databaseClock) {
    this.member = member;
    this.cluster = settings.cluster();
    this.longestWait = settings.lanes().deadline();
    this.local = local;
    this.stores = stores;
    maps = GridMaps.of(member);
    answers =
        Executors.newScheduledThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().name("lane-", 0).daemon().factory());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rounds").daemon().factory());
    sales = new GridSales(maps.sales(), saleTable, () -> KnownTiers.byAllOf(member.getCluster()));
    tiers = new KnownTiers(member.getCluster(), sales);
    stock = new GridStock(sales, tier -> lanes(settings, shardTable, tier));
    views = new HotViews(maps.views(), sales, hot, this::owns, stock::freshView);
    reads = new HotReads(stock, hot, views);
    rounds = new OwnerRounds(sales, stock, local, member, blocking);
    watch =
        new GridWatch(member, cluster.quorum(), local, () -> blocking.execute(this::reloadSales));
    DataRole role = new DataRole(member.getCluster(), cluster.quorum(), blocking);
    clocks = new ClockWatch(local.clock(), member, databaseClock, role::follow);
  }

  private GridStock.TierLanes lanes(GridSettings settings, ShardTable table, Tier tier) {
    IMap<StockKey, StockShard> map = maps.stock(tier);
    ShardInstaller installer =
        new ShardInstaller(
            table, map, maps.opened(), local, this::owns, settings.recovery(), blocking);
    return new GridStock.TierLanes(
        settings.lanes(tier), new GridStock.GridCalls(map, installer, local, answers, waits));
  }

  /**
   * Starts the member and joins the others. Blocks until it has joined: some seconds.
   *
   * @param databaseClock the database's clock, milliseconds since 1970; may block and throw
   * @throws GridStartException where the port is taken, the others do not take this node in, or its
   *     clock and the database's are too far apart
   */
  public static GridMember start(
      String name,
      GridSettings settings,
      HotSales hot,
      ShardTable shardTable,
      DeadLetterTable deadLetters,
      SaleTable saleTable,
      LongSupplier databaseClock) {
    Config config =
        GridConfig.of(name, settings.cluster(), settings.persistence(), settings.secret());
    NodeClock clock = new NodeClock(InstantSource.system(), settings.cluster().maxClockSkew());
    return start(config, settings, hot, shardTable, deadLetters, saleTable, clock, databaseClock);
  }

  /** The same from its configuration, in which a test may have turned something off. */
  static GridMember start(
      Config config,
      GridSettings settings,
      HotSales hot,
      ShardTable shardTable,
      DeadLetterTable deadLetters,
      SaleTable saleTable,
      NodeClock clock,
      LongSupplier databaseClock) {
    clock.requireAgreement(databaseClock);
    LocalShards local = new LocalShards(settings.bounds(), clock);
    StockStores stores = StockStores.of(shardTable, deadLetters);
    local.enterInto(config.getUserContext());
    stores.enterInto(config, settings.dedicated().store());
    HazelcastInstance member = join(config, settings.cluster());
    GridMember grid =
        new GridMember(member, settings, hot, local, stores, shardTable, saleTable, databaseClock);
    grid.begin();
    return grid;
  }

  private static HazelcastInstance join(Config config, ClusterSettings settings) {
    try {
      return GridNodeContext.start(config);
    } catch (HazelcastException | IllegalStateException e) {
      String where = new HostPort(settings.host(), settings.port()).text();
      throw new GridStartException(
          e.getCause() instanceof BindException
              ? "cannot listen on " + where + " for the grid: the port is taken; choose another"
              : "cannot join the grid from " + where + ": " + e.getMessage(),
          e);
    }
  }

  private void begin() {
    local.setBackedUp(new Backups(member, cluster.backups())::areComplete);
    watch.begin();
    sales.begin();
    UUID _ = member.getCluster().addMembershipListener(tiers);
    UUID _ = maps.stored().addMessageListener(message -> waits.stored(message.getMessageObject()));
    stores.tell(mark -> maps.stored().publish(mark));
    views.begin();
    clocks.begin();
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(rounds, 0, OwnerRounds.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Brings sales and shards from the database into the grid. Blocks on both; may be repeated.
   *
   * @return whether all shards are there
   * @throws DatabaseException if the database cannot be used now
   * @throws HazelcastException if the grid cannot be used now: a backup is late or an owner left
   */
  public boolean load() {
    sales.reload();
    Preload preload = Preload.of(sales, stock, local.clock().millis());
    boolean complete = preload.isComplete(local::isBackedUp);
    if (complete) {
      tiers.complain();
    }
    return complete;
  }

  private void reloadSales() {
    try {
      sales.reload();
    } catch (DatabaseException | HazelcastException e) {
      LOG.warn("sales cannot be read, which is tried again: {}", e.getMessage());
      ScheduledFuture<?> _ =
          timer.schedule(() -> blocking.execute(this::reloadSales), 1, TimeUnit.SECONDS);
    }
  }

  /** The stock of all sales. */
  public Stock stock() {
    return reads;
  }

  /** The published sales. */
  public Sales sales() {
    return sales;
  }

  /** Where the owner of a shard meets other nodes, as host:port; empty while it has none. */
  public String owner(StockKey key) {
    return rounds
        .owner(key)
        .map(owner -> new HostPort(owner.getHost(), owner.getPort()).text())
        .orElse("");
  }

  /** Whether this node owns the partition of a shard. */
  boolean owns(StockKey key) {
    return rounds.isOwned(key);
  }

  /** To be told of a sale that has become hot: its views are got into this node's memory. */
  public void hurryViews() {
    views.hurry();
  }

  /** The hot sales whose views this node has in its memory. */
  public Set<String> cachedSales() {
    return views.cachedSales();
  }

  /** The member itself, for what finds hot sales. */
  public HazelcastInstance hazelcast() {
    return member;
  }

  /** How many nodes there are, this one included. */
  public int members() {
    return watch.members();
  }

  /** Whether enough nodes are there for purchases. */
  public boolean hasQuorum() {
    return members() >= cluster.quorum();
  }

  /** This node's clock, and whether it agrees with the others'. */
  public NodeClock clock() {
    return local.clock();
  }

  /** Whether every partition has all its backups. Blocks for a second at most. */
  public boolean isSafe() {
    return ClusterSafety.of(member, blocking);
  }

  /** What can be counted here, for the metrics. */
  public GridFigures figures() {
    return GridFigures.of(local, stores, stock);
  }

  /**
   * Takes no more new orders on this node, waits for running purchases and then for the backlog to
   * be written. Blocks for as long as one of them may wait, and 20 s more, at most; reading still
   * works afterwards.
   */
  public void drain() {
    stock.drain();
    if (!Polling.await(stock::isIdle, longestWait)) {
      LOG.warn("some purchases have no answer yet; their keys stay valid");
    }
    LastChanges.store(sales, stock, waits);
    if (!Polling.await(() -> rounds.isAllStored(hasQuorum()), STORE_DRAIN)) {
      LOG.error(
          "{} orders are not in the database yet; they live on in the other nodes only",
          figures().unstoredOrders());
    }
  }

  /** Leaves the grid, and hands this node's part over to the others. Blocks. */
  @Override
  public void close() {
    timer.shutdownNow();
    try (blocking) {
      try {
        clocks.close();
      } finally {
        try {
          views.close();
        } finally {
          member.shutdown();
        }
      }
    } finally {
      answers.shutdown();
    }
  }
}
