package dev.stampede;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.stampede.config.ConfigException;
import dev.stampede.config.LaneSettings;
import dev.stampede.config.Settings;
import dev.stampede.grid.GridMember;
import dev.stampede.grid.GridSecret;
import dev.stampede.grid.GridSettings;
import dev.stampede.grid.GridStartException;
import dev.stampede.http.Descriptors;
import dev.stampede.http.Health.Readiness;
import dev.stampede.http.HttpParts;
import dev.stampede.http.HttpServer;
import dev.stampede.http.SaleLimit;
import dev.stampede.http.SaleShares;
import dev.stampede.ops.Audit;
import dev.stampede.ops.AuditUnavailable;
import dev.stampede.ops.Health;
import dev.stampede.ops.ShardClocks;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.DatabaseClock;
import dev.stampede.persistence.DatabaseException;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.HotSpellTable;
import dev.stampede.persistence.LedgerTable;
import dev.stampede.persistence.OrderTable;
import dev.stampede.persistence.SaleTable;
import dev.stampede.persistence.ShardTable;
import dev.stampede.persistence.ShardTimes;
import dev.stampede.routing.RoutedNode;
import dev.stampede.security.HmacOrderKeys;
import dev.stampede.security.PaymentSignatures;
import dev.stampede.security.Tokens;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: an HTTP server and a member of the grid, on one database. Identical to every other. All
 * wiring is here, by constructors.
 */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** How long a node waits for enough others, and for its shards, before it gives up. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private static final long RETRY_MILLIS = 100;

  /** How long steps of the end may take: longer than the bounds that they have themselves. */
  private static final Duration SHORT_STEP = Duration.ofSeconds(10);

  private static final Duration HTTP_STEP = Duration.ofSeconds(15);

  /** The backlog may take 20 s, and what comes last has to be stored. */
  private static final Duration STORE_STEP = Duration.ofSeconds(40);

  /** Handing over a large part of the stock takes long. */
  private static final Duration LEAVE_STEP = Duration.ofMinutes(2);

  private final Settings settings;
  private final Database database;
  private final GridMember grid;
  private final NodeHeat heat;
  private final NodeRoutes routes;
  private final HttpServer http;
  private final HeapPlan plan;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean loaded;

  private Node(Settings settings, Database database, GridMember grid, NodeHeat heat) {
    this.settings = settings;
    this.database = database;
    this.grid = grid;
    this.heat = heat;
    this.plan = HeapPlan.of(settings.cluster(), settings.sale());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    NodeMetrics.bind(metrics, grid);
    heat.bind(metrics);
    this.routes = new NodeRoutes(grid);
    this.http = new HttpServer(settings.http(), parts(metrics));
  }

  /**
   * Starts a node: connects to the database, joins the grid, opens the port. Blocks for some
   * seconds. It sells once {@link #awaitReady} has returned; until then it answers 503.
   *
   * @throws ConfigException where the backlog that is allowed would not fit into memory, or the
   *     grid would listen on an address that is not private, or the connections into the file
   *     descriptors
   * @throws DatabaseException where the database cannot be used
   * @throws dev.stampede.http.PortTakenException where the HTTP port is taken
   */
  public static Node start(Settings settings) {
    settings.cluster().requirePrivateAddress();
    settings.persistence().requireRoom(Runtime.getRuntime().maxMemory());
    int _ = settings.http().limits().connections(Descriptors.most());
    LOG.info("{}", settings.persistence().summary());
    Database database = Database.open(settings.database());
    NodeHeat heat = new NodeHeat(settings);
    try {
      GridMember grid =
          GridMember.start(
              settings.node().name(),
              new GridSettings(
                  settings.cluster(),
                  GridSecret.of(settings.security().grid()),
                  settings.lane(),
                  settings.dedicated(),
                  settings.persistence(),
                  settings.recovery(),
                  settings.sale()),
              heat,
              new ShardTable(database),
              new DeadLetterTable(database, Clock.systemUTC()),
              new SaleTable(database),
              new DatabaseClock(database)::millis);
      heat.begin(grid, HotPeriodStore.of(grid, new HotSpellTable(database)));
      Node node = new Node(settings, database, grid, heat);
      node.http.start();
      node.routes.begin(node.routed(), node::takesRequests);
      return node;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private HttpParts parts(PrometheusMeterRegistry metrics) {
    Clock clock = Clock.systemUTC();
    return new HttpParts(
        grid.sales(),
        grid.stock(),
        new HmacOrderKeys(settings.security().orderId()),
        new Tokens(settings.security().jwt(), settings.security().audience(), clock),
        new PaymentSignatures(settings.security().payment(), clock),
        settings.payment().durableWithin(),
        StoredReads.orders(database),
        new LedgerTable(database)::change,
        new StoredDeadLetters(new DeadLetterTable(database, clock)),
        new Audit(
                grid.sales(),
                grid.stock(),
                grid::owner,
                StoredReads.audited(database),
                clocks(),
                clock)
            ::run,
        new HeapRoom(plan, grid.sales()::all, grid.stock(), clock),
        heat.shown(),
        new SaleShares(limit(settings.lane()), limit(settings.dedicated().lane())),
        new HotSpellTable(database)::page,
        routes::table,
        this::readiness,
        metrics,
        Node::isOutage);
  }

  private ShardClocks clocks() {
    return new ShardClocks(new ShardTimes(database)::all, settings.cluster().maxClockSkew());
  }

  private static SaleLimit limit(LaneSettings lane) {
    return new SaleLimit(lane.share(), lane.rate());
  }

  private static boolean isOutage(Throwable thrown) {
    return thrown instanceof DatabaseException
        || thrown instanceof AuditUnavailable
        || thrown instanceof HazelcastInstanceNotActiveException;
  }

  /** This node as an edge should see it. */
  private RoutedNode routed() {
    return new RoutedNode(
        settings.http().url(httpPort(), settings.cluster().host()),
        settings.node().name(),
        settings.node().role());
  }

  private boolean takesRequests() {
    return loaded && !closed.get() && grid.hasQuorum() && grid.clock().fault().isEmpty();
  }

  private Health health() {
    return new Health(
        loaded,
        closed.get(),
        grid.members(),
        settings.cluster().quorum(),
        grid.isSafe(),
        grid.clock().fault());
  }

  private Readiness readiness() {
    Health health = health();
    return new Readiness(
        health.ready(),
        health.reason(),
        Map.of(
            "node", settings.node().name(),
            "members", health.members(),
            "quorum", health.quorum(),
            "safe", health.safe(),
            "clockSkewMillis", grid.clock().aheadMillis()));
  }

  /** The port that it answers on. */
  public int httpPort() {
    return http.port();
  }

  /**
   * Waits until enough nodes are there and every shard is in the grid, so that the first buyer does
   * not wait for the database.
   *
   * @throws GridStartException after two minutes, or where the orders do not fit into memory
   */
  public void awaitReady() throws InterruptedException {
    requireMemory();
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!(grid.hasQuorum() && load())) {
      if (System.nanoTime() - end >= 0) {
        throw new GridStartException(
            "not ready after "
                + READY_WITHIN.toSeconds()
                + " s: "
                + grid.members()
                + " nodes are there, and "
                + settings.cluster().quorum()
                + " are needed (cluster.size is "
                + settings.cluster().size()
                + ")");
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
    http.open();
    loaded = true;
  }

  /** Says so in one line, rather than to end in the middle of loading. */
  private void requireMemory() {
    try {
      plan.cannotLoad(new OrderTable(database).count())
          .ifPresent(why -> {
            throw new GridStartException(why);
          });
    } catch (DatabaseException e) {
      LOG.warn("orders cannot be counted before they are loaded: {}", e.getMessage());
    }
  }

  private boolean load() {
    try {
      return grid.load();
    } catch (DatabaseException | HazelcastException e) {
      LOG.warn("sales cannot be loaded yet: {}", e.getMessage());
      return false;
    }
  }

  /**
   * Drains and leaves: edges are told to send nobody here any more, new orders are refused, running
   * purchases finish, the backlog is written, the grid hands this node's part over. Each step is
   * taken, whatever became of the one before it. Blocks for half a minute or so, and for the sum of
   * the bounds at most. A second call does nothing.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    new ClosingSteps()
        .then("leaving the routes", SHORT_STEP, routes::leave)
        .then("stopping the count of accesses", SHORT_STEP, heat::stop) // it asks the grid
        .then(
            "draining HTTP",
            SHORT_STEP,
            () -> {
              boolean _ = http.drain();
            })
        .then("draining the grid", settings.lane().deadline().plus(STORE_STEP), grid::drain)
        .then("stopping HTTP", HTTP_STEP, http::stop)
        .then("ending the routes", SHORT_STEP, routes::close)
        // late: nobody should wait for a history
        .then("storing what was hot", HTTP_STEP, heat::close)
        .then("leaving the grid", LEAVE_STEP, grid::close)
        .then("closing the database", SHORT_STEP, database::close)
        .end();
  }
}
