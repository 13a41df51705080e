package dev.stampede.simulation;

import dev.stampede.stock.Decision;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockShard;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node: as owner after {@code ExecuteCommands}, as backup after {@code ApplyChanges}. */
final class SimulatedNode {

  /** How often a member is removed just between the owner's check and the sending to backups. */
  private static final int REMOVALS_MEANWHILE_PERCENT = 2;

  final int number;
  final NodeThread thread;
  final SimulatedLane lane;
  private final World world;
  private final Cluster cluster;
  final Loading loading;
  private final SimulatedStore store;
  private final Follower follower;
  private @Nullable Replica replica;
  private Side side;
  private boolean alive = true;

  SimulatedNode(int number, World world, Cluster cluster, Side side) {
    this.number = number;
    this.world = world;
    this.cluster = cluster;
    this.side = side;
    this.thread = new NodeThread(world.scheduler());
    this.lane = new SimulatedLane(world, cluster, this);
    this.follower = new Follower(world);
    this.store = new SimulatedStore(world, cluster, this);
    this.loading = new Loading(world, cluster, this);
  }

  boolean isAlive() {
    return alive;
  }

  @Nullable Replica replica() {
    return alive ? replica : null;
  }

  /** The grid as this node sees it. */
  Side side() {
    return side;
  }

  void moveTo(Side other) {
    side = other;
  }

  boolean isAwake() {
    return alive && !thread.isHanging();
  }

  void die() {
    alive = false;
    thread.die();
    replica = null;
    lane.die();
  }

  // ---- as owner

  void execute(Call call) {
    if (!alive) {
      return;
    }
    if (side.owner() != this || !side.isMember(call.lane.node())) {
      answerRetry(call);
    } else if (!cluster.hasQuorum(side)) {
      answerUndone(call, () -> call.lane.refused(call));
    } else if (replica == null || isOutdated(replica) || !replica.shard().isProven()) {
      answerUndone(call, () -> call.lane.notLoaded(call));
    } else if (cluster.lacksBackups(side)) {
      answerRetry(call);
    } else if (call.begin() || !world.has(Mechanism.REFUSED_IS_NOT_DONE)) {
      execute(call, replica);
    }
  }

  /** What Hazelcast calls retryable: it makes the same call once more. */
  private void answerRetry(Call call) {
    world.network().send(this, call.lane.node(), () -> call.lane.askAgain(call));
  }

  private void answerUndone(Call call, Runnable arrived) {
    if (call.refuse() || !world.has(Mechanism.REFUSED_IS_NOT_DONE)) {
      world.network().send(this, call.lane.node(), arrived);
    }
  }

  private boolean isOutdated(Replica mine) {
    return world.has(Mechanism.OUTDATED_IS_LOADED_AGAIN) && mine.shard().isOutdated();
  }

  private void execute(Call call, Replica mine) {
    StockShard shard = mine.shard();
    if (cluster.isAlone()) {
      shard.unstored().confirm(shard.head().seq());
    } else if (call.confirmedEpoch == shard.head().epoch()) {
      shard.unstored().confirm(call.confirmedSeq);
    }
    Decision decision = shard.decide(call.commands, world.scheduler().now(), world.bounds());
    world.promises().decided(shard, decision.outcomes());
    decision
        .change()
        .ifPresent(
            change -> Violation.unless(mine.apply(change), () -> "an owner's change is no next"));
    List<ShardChange> toBackups = changesToSend(call, shard, decision);
    long replicatedSeq = toBackups.isEmpty() ? shard.unstored().confirmedSeq() : shard.head().seq();
    Call.Answer answer =
        new Call.Answer(
            shard.head().epoch(),
            replicatedSeq,
            shard.unstored().storedSeq(),
            shard.head().seq(),
            decision.outcomes(),
            mine.history(),
            side.losses());
    world.scheduler().note(Long.hashCode(mine.seq()), () -> said(call, mine, decision, toBackups));
    boolean asksBackups = !toBackups.isEmpty() || deniesAPayment(call, decision);
    send(call, answer, asksBackups, toBackups, shard);
    store.writeSoon();
  }

  private String said(Call call, Replica mine, Decision decision, List<ShardChange> toBackups) {
    return "node %d decides %s%s as owner, at #%d: %s; to backups: %s"
        .formatted(
            number,
            call.repeated ? "again " : "",
            call.commands,
            mine.seq(),
            decision.outcomes(),
            toBackups);
  }

  private List<ShardChange> changesToSend(Call call, StockShard shard, Decision decision) {
    boolean plain = decision.change().isPresent() && !call.repeated;
    if (plain || !world.has(Mechanism.REPEATS_CARRY_UNCONFIRMED)) {
      return decision.change().stream().toList();
    }
    return shard.unstored().unconfirmed();
  }

  private boolean deniesAPayment(Call call, Decision decision) {
    return world.has(Mechanism.DENIED_PAYMENTS_ASK_BACKUPS)
        && IntStream.range(0, call.commands.size())
            .filter(i -> call.commands.get(i) instanceof ShardCommand.Pay)
            .anyMatch(i -> decision.outcomes().get(i) instanceof Outcome.UnknownOrder);
  }

  private void send(
      Call call,
      Call.Answer answer,
      boolean asksBackups,
      List<ShardChange> changes,
      StockShard shard) {
    long storedSeq = shard.unstored().storedSeq();
    int provenEpoch = shard.epochs().proven();
    if (world.scheduler().chance(REMOVALS_MEANWHILE_PERCENT) && call.lane.node() == this) {
      cluster.parting().missSomebodyNow(side);
    }
    replicate(
        call.lane.node(),
        asksBackups ? side.reachableBackups() : List.of(),
        backup -> backup.apply(changes, storedSeq, provenEpoch),
        () -> call.lane.answered(call, answer));
  }

  /** Has backups do something, and the caller go on when all of them have acknowledged it. */
  void replicate(
      SimulatedNode caller,
      List<SimulatedNode> backups,
      Predicate<SimulatedNode> action,
      Runnable done) {
    int bits = 0;
    for (SimulatedNode backup : backups) {
      bits |= 1 << backup.number;
    }
    Execution execution = new Execution(done, bits, world.has(Mechanism.ANSWER_WAITS_FOR_BACKUPS));
    for (SimulatedNode backup : backups) {
      int number = side.table().indexOf(backup);
      world
          .network()
          .sendRepeatedly(
              this, backup, () -> backup.asBackupOf(this, number, caller, action, execution));
    }
    if (side.isMember(caller)) { // who removes a member closes its connections to it first
      world.network().send(this, caller, execution::answered);
    }
  }

  // ---- as backup

  /** What Hazelcast asks: whether the sender is a member, and this its replica of that number. */
  private boolean isBackupOf(SimulatedNode owner, int replica) {
    return alive && side.isMember(owner) && side.table().indexOf(this) == replica;
  }

  private void asBackupOf(
      SimulatedNode owner,
      int number,
      SimulatedNode caller,
      Predicate<SimulatedNode> action,
      Execution execution) {
    if (!isBackupOf(owner, number)) {
      return;
    }
    boolean done = action.test(this);
    if (!done) {
      cluster.copyAnew(this);
    }
    if (done || !world.has(Mechanism.GAPS_ARE_REFUSED)) {
      world.network().sendRepeatedly(this, caller, () -> execution.acknowledgedBy(this.number));
    }
  }

  private boolean apply(List<ShardChange> changes, long storedSeq, int provenEpoch) {
    boolean follows = replica != null && follower.follow(replica, changes, storedSeq, provenEpoch);
    world.scheduler().note(follows ? 1 : 0, () -> applied(changes, follows));
    return follows;
  }

  private String applied(List<ShardChange> changes, boolean follows) {
    return "node %d as backup %s %s".formatted(number, follows ? "applies" : "refuses", changes);
  }

  /** Takes the owner's state over, as a replica that lags does or one that is new. */
  void copyFrom(Replica owners) {
    world
        .scheduler()
        .note(number, () -> "node %d is copied at #%d".formatted(number, owners.seq()));
    replica = owners.copy();
  }

  /** Has what was read from the database as its replica. */
  void put(Replica loaded) {
    replica = loaded;
  }

  /** A replica that is not needed any more. */
  void forget() {
    replica = null;
  }
}
