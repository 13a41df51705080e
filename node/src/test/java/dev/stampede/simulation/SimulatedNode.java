package dev.stampede.simulation;

import dev.stampede.stock.Decision;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockShard;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node: as owner after {@code ExecuteCommands}, as backup after {@code ApplyChanges}. */
final class SimulatedNode {

  final int number;
  final NodeThread thread;
  final SimulatedLane lane;
  private final World world;
  private final Cluster cluster;
  private final SimulatedStore store;
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
    this.store = new SimulatedStore(world, cluster, this);
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
    if (!alive || side.owner() != this) {
      return;
    }
    if (!cluster.hasQuorum(side)) {
      answerUndone(call, () -> call.lane.refused(call));
    } else if (cluster.lacksBackups(side)) {
      answerUndone(call, () -> call.lane.installed(call)); // to be asked again, as after that
    } else if (replica == null || isOutdated(replica) || !replica.shard().isProven()) {
      answerUndone(call, () -> call.lane.notLoaded(call));
    } else if (call.begin() || !world.has(Mechanism.REFUSED_IS_NOT_DONE)) {
      execute(call, replica);
    }
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
    send(call, answer, toBackups, shard.unstored().storedSeq());
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

  private void send(Call call, Call.Answer answer, List<ShardChange> changes, long storedSeq) {
    replicate(
        call.lane.node(),
        changes.isEmpty() ? List.of() : side.backups(),
        backup -> backup.apply(changes, storedSeq),
        () -> call.lane.answered(call, answer));
  }

  /** Has backups do something, and the caller go on when it knows that all of them have. */
  private void replicate(
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
      world
          .network()
          .sendRepeatedly(this, backup, () -> backup.asBackupOf(this, caller, action, execution));
    }
    world.network().send(this, caller, execution::answered);
  }

  /**
   * After {@code InstallShard}.
   *
   * @param answer is told whether it was put there
   */
  void install(SimulatedNode caller, Replica loaded, Consumer<Boolean> answer) {
    if (!alive || side.owner() != this || !cluster.hasQuorum(side)) {
      return;
    }
    boolean isPut = put(loaded);
    replicate(
        caller,
        side.backups(),
        backup -> {
          backup.put(loaded);
          return true;
        },
        () -> answer.accept(isPut));
  }

  private boolean put(Replica loaded) {
    int epoch = loaded.shard().head().epoch();
    world.scheduler().note(epoch, () -> "node %d gets epoch %d".formatted(number, epoch));
    if (replica == null || replica.shard().yieldsTo(loaded.shard().snapshot())) {
      replica = world.has(Mechanism.LOADINGS_ARE_PROVEN) ? loaded.unproven() : loaded.copy();
      return true;
    }
    replica.shard().adoptEpoch(epoch);
    return false;
  }

  /** After {@code ProveShard}. */
  void prove(SimulatedNode caller, int loading, Runnable answer) {
    if (!alive || side.owner() != this || !cluster.hasQuorum(side)) {
      return;
    }
    prove(loading);
    replicate(
        caller,
        side.backups(),
        backup -> {
          backup.prove(loading);
          return true;
        },
        answer);
  }

  private void prove(int loading) {
    world.scheduler().note(loading, () -> "node %d proves epoch %d".formatted(number, loading));
    if (replica != null) {
      replica.shard().prove(loading);
    }
  }

  // ---- as backup

  private boolean isBackupOf(SimulatedNode owner) {
    return alive && side.owner() == owner && side.backups().contains(this);
  }

  private void asBackupOf(
      SimulatedNode owner,
      SimulatedNode caller,
      Predicate<SimulatedNode> action,
      Execution execution) {
    if (!isBackupOf(owner)) {
      return;
    }
    boolean done = action.test(this);
    if (!done) {
      cluster.copyAnew(this);
    }
    if (done || !world.has(Mechanism.GAPS_ARE_REFUSED)) {
      world.network().sendRepeatedly(this, caller, () -> execution.acknowledgedBy(number));
    }
  }

  private boolean apply(List<ShardChange> changes, long storedSeq) {
    boolean follows = replica != null && follow(replica, changes, storedSeq);
    world.scheduler().note(follows ? 1 : 0, () -> applied(changes, follows));
    return follows;
  }

  private String applied(List<ShardChange> changes, boolean follows) {
    return "node %d as backup %s %s".formatted(number, follows ? "applies" : "refuses", changes);
  }

  private boolean follow(Replica mine, List<ShardChange> changes, long storedSeq) {
    ShardChange passedOver = null;
    for (ShardChange change : changes) {
      if (change.seq() <= mine.seq()) {
        passedOver = change;
      } else if (!mine.apply(change)) {
        return false;
      }
    }
    if (passedOver != null && !isMine(mine, passedOver)) {
      return false;
    }
    mine.shard().prove(mine.shard().head().epoch());
    mine.shard().unstored().stored(Math.min(storedSeq, mine.seq()));
    return true;
  }

  private boolean isMine(Replica mine, ShardChange change) {
    return !world.has(Mechanism.PASSED_OVER_IS_COMPARED)
        || mine.shard().unstored().agreesOn(change);
  }

  /** Takes the owner's state over, as a replica that lags does or one that is new. */
  void copyFrom(Replica owners) {
    world
        .scheduler()
        .note(number, () -> "node %d is copied at #%d".formatted(number, owners.seq()));
    replica = owners.copy();
  }

  /** A replica that is not needed any more. */
  void forget() {
    replica = null;
  }
}
