package dev.stampede.simulation;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One history: so many steps in which anything may go wrong, then all is mended and settles. */
final class Simulation {

  /** Steps in which things go wrong. */
  static final int STEPS = 200;

  static final int MOST_NODES = 5;

  private static final int MOST_STEPS_TO_SETTLE = 4_000;
  private static final List<Reduction> REDUCTIONS = List.of(Reduction.values());
  private static final int BUYERS = 5;
  private static final long UNITS = 6;
  private static final int LIMIT = 4;
  private static final Duration HOLD = Duration.ofSeconds(2);

  private final History history;
  private final Trace trace;
  private final Scheduler scheduler;
  private final Network network;
  private final Promises promises = new Promises();
  private final Cluster cluster;
  private final Mishaps mishaps;
  private final List<Caller> callers = new ArrayList<>();
  private @Nullable Replica owner;

  /**
   * What became of a history.
   *
   * @param history replays it: with the nodes that it had, and no steps after a broken promise
   * @param hash of everything that happened
   * @param faults how many faults were due, those that were skipped included
   * @param changes how many the shard made that were kept
   * @param losses how often all replicas were lost at once
   * @param lostOrders orders that were told, not durable, and went with them
   * @param forks how often the database refused a history
   * @param violation what was broken, if anything
   * @param trace the last steps, where asked for
   */
  record Result(
      History history,
      long hash,
      int faults,
      long changes,
      int losses,
      int lostOrders,
      int forks,
      Optional<String> violation,
      List<String> trace) {}

  private Simulation(History history, boolean asText) {
    this.history = history;
    trace = new Trace(asText);
    scheduler = new Scheduler(history.seed(), trace);
    network = new Network(scheduler);
    World world = new World(scheduler, network, promises, history.off());
    int drawn = scheduler.chance(10) ? 1 : 2 + scheduler.draw(MOST_NODES - 1);
    int nodes = history.nodes() > 0 ? history.nodes() : drawn;
    int backups = nodes / 2;
    Reduction reduction = REDUCTIONS.get(scheduler.draw(REDUCTIONS.size()));
    SimulatedDatabase database =
        new SimulatedDatabase(
            world,
            ShardFixture.fresh(new StockKey(new SaleId("sale"), 0), terms(reduction), UNITS));
    cluster = new Cluster(world, database, nodes, backups);
    mishaps = new Mishaps(scheduler, cluster, new Rounds(scheduler, cluster), history);
    callers.add(new Operator(world, cluster));
    for (int number = 1; number <= BUYERS; number++) {
      callers.add(new Buyer(world, cluster, number));
    }
  }

  private static SaleTerms terms(Reduction reduction) {
    return new SaleTerms(
        Instant.ofEpochMilli(0), Instant.ofEpochSecond(1_000_000), LIMIT, reduction, HOLD, 1);
  }

  /** Runs a history. */
  static Result run(History history) {
    return new Simulation(history, false).run();
  }

  /** Runs a history and writes its last steps down. */
  static Result traced(History history) {
    return new Simulation(history, true).run();
  }

  private Result run() {
    Optional<String> violation = Optional.empty();
    int step = 0;
    try {
      while (step < history.steps()) {
        step++;
        step();
      }
      settle();
      checkEnd();
    } catch (Violation broken) {
      violation = Optional.of(String.valueOf(broken.getMessage()));
    }
    return new Result(
        history.withNodes(cluster.nodes().size()).withSteps(step),
        trace.hash(),
        mishaps.count(),
        cluster.database().rows().seq(),
        cluster.losses(),
        promises.lostOrders(),
        promises.forks(),
        violation,
        trace.lines());
  }

  private void step() {
    scheduler.step();
    promises.check(cluster);
    Replica now = cluster.ownersReplica().orElse(null);
    if (now != null && now != owner) {
      promises.checkTold(cluster, now);
    }
    owner = now == null ? owner : now;
  }

  private void settle() {
    network.heal();
    callers.forEach(Caller::end);
    mishaps.end();
    for (int step = 0; !isSettled(); step++) {
      Violation.unless(step < MOST_STEPS_TO_SETTLE, () -> "it does not settle");
      step();
    }
  }

  private boolean isSettled() {
    Optional<StockShard> shard = cluster.ownersReplica().map(Replica::shard);
    return shard.isPresent()
        && shard.get().unstored().isEmpty()
        && shard.get().nextDeadline() == Long.MAX_VALUE
        && callers.stream().noneMatch(Caller::isWaiting)
        && cluster.living().stream().allMatch(node -> node.lane.isIdle());
  }

  private void checkEnd() {
    Replica last = cluster.ownersReplica().orElseThrow();
    Replica rows = cluster.database().rows();
    Violation.unless(
        rows.seq() == last.seq() && rows.has(Replica.Mark.in(last.history(), last.seq())),
        () -> "the database is at #" + rows.seq() + ", the owner at #" + last.seq());
    promises.checkTold(cluster, last);
    promises.checkTold(cluster, rows);
    promises.checkSold(last);
    Violation.unless(last.shard().head().counts().held() == 0, () -> "units are held for ever");
    checkSells(last.shard());
  }

  /** What was released can be sold. */
  private void checkSells(StockShard shard) {
    long available = shard.head().counts().available();
    boolean open = shard.view(scheduler.now()).phase() == SalePhase.OPEN;
    for (int unit = 0; open && unit <= available; unit++) {
      ShardCommand reserve =
          new ShardCommand.Reserve(new OrderKey(-1, unit), new BuyerId("late-" + unit), 1);
      Outcome outcome =
          shard
              .decide(List.of(reserve), scheduler.now(), ShardFixture.BOUNDS)
              .outcomes()
              .getFirst();
      Violation.unless(
          (outcome instanceof Outcome.Reserved) == available > 0, () -> "not sellable: " + outcome);
    }
  }
}
