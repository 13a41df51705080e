package dev.stampede.simulation;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node's lane, after {@code ShardLane} and {@code Batch}, with its {@code DurableWaits}. */
final class SimulatedLane {

  private static final int BATCH = 4;
  private static final int DEADLINE_MILLIS = 4_000;
  private static final int CALL_MILLIS = 400;
  private static final int MOST_MILLIS_TO_RETRY = 100;
  private static final int DURABLE_WAIT_MILLIS = 5_000;

  private final World world;
  private final Cluster cluster;
  private final SimulatedNode node;
  private final SimulatedInstaller installer;
  private final Queue<Pending> queue = new ArrayDeque<>();
  private final List<Pending> open = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private List<Pending> batch = List.of();
  private int attempts;
  private boolean maybeDone;
  private boolean sending;
  private boolean dead;
  private @Nullable Call inFlight;
  private Scheduler.@Nullable Event timeout;
  private int confirmedEpoch;
  private long confirmedSeq;

  private record Wait(Pending pending, Outcome.OfPayment payment, Call.Answer answer, long until) {}

  SimulatedLane(World world, Cluster cluster, SimulatedNode node) {
    this.world = world;
    this.cluster = cluster;
    this.node = node;
    this.installer = new SimulatedInstaller(world, cluster, node, this);
  }

  SimulatedNode node() {
    return node;
  }

  void submit(ShardCommand command, Consumer<Outcome> asker) {
    Pending pending = new Pending(command, world.scheduler().now() + DEADLINE_MILLIS, asker);
    open.add(pending);
    queue.add(pending);
    if (!sending) {
      sending = true;
      node.thread.run(this::sendNext);
    }
  }

  /** Whoever waits learns that the connection is gone. */
  void die() {
    dead = true;
    inFlight = null;
    open.forEach(pending -> pending.complete(Outcome.Why.UNKNOWN));
  }

  boolean isIdle() {
    return !sending && waits.isEmpty();
  }

  private void sendNext() {
    batch = new ArrayList<>();
    while (batch.size() < BATCH && !queue.isEmpty()) {
      batch.add(queue.remove());
    }
    attempts = 0;
    maybeDone = false;
    sending = !batch.isEmpty();
    if (sending) {
      send();
    }
  }

  private void send() {
    List<ShardCommand> commands = batch.stream().map(pending -> pending.command).toList();
    Call call = new Call(this, commands, confirmedEpoch, confirmedSeq, attempts > 0);
    inFlight = call;
    timeout = node.thread.after(CALL_MILLIS, () -> failed(call, true));
    dispatch(call);
  }

  private void dispatch(Call call) {
    world
        .network()
        .sendRepeatedly(
            node,
            node,
            () -> cluster.toOwner(node, owner -> owner.execute(call), () -> askAgain(call)));
  }

  /** The grid makes the same call once more by itself, soon: it was not carried out. */
  void askAgain(Call call) {
    if (inFlight == call && !dead) {
      node.thread.after(
          world.scheduler().draw(1, MOST_MILLIS_TO_RETRY),
          () -> {
            if (inFlight == call && !dead) {
              dispatch(call);
            }
          });
    }
  }

  private boolean cameBack(Call call) {
    if (dead || inFlight != call) {
      return false;
    }
    inFlight = null;
    if (timeout != null) {
      timeout.callOff();
    }
    return true;
  }

  void answered(Call call, Call.Answer answer) {
    if (!cameBack(call)) {
      return;
    }
    if (cluster.lacksBackups(node.side()) && world.has(Mechanism.BACKUPS_ARE_CHECKED_AGAIN)) {
      repeat(true);
      return;
    }
    confirmedEpoch = answer.epoch();
    confirmedSeq = answer.replicatedSeq();
    world.promises().acknowledged(answer);
    List<Pending> told = batch;
    for (int i = 0; i < told.size(); i++) {
      answer(told.get(i), told(answer.outcomes().get(i)), answer);
    }
    sendNext();
  }

  private Outcome told(Outcome outcome) {
    return maybeDone && outcome.equals(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE))
        ? new Outcome.Unanswered(Outcome.Why.UNKNOWN)
        : outcome;
  }

  private void answer(Pending pending, Outcome outcome, Call.Answer answer) {
    if (!(outcome instanceof Outcome.OfPayment payment) || payment.durable()) {
      tell(pending, outcome, answer);
    } else if (answer.storedSeq() >= answer.headSeq()
        || !world.has(Mechanism.PAYMENTS_WAIT_FOR_THE_DATABASE)) {
      tell(pending, payment.stored(), answer);
    } else {
      long until = world.scheduler().now() + DURABLE_WAIT_MILLIS;
      waits.add(new Wait(pending, payment, answer, until));
    }
  }

  private void tell(Pending pending, Outcome outcome, Call.Answer answer) {
    if (!pending.isDone()) {
      world.promises().told(outcome, answer);
      complete(pending, outcome);
    }
  }

  private void complete(Pending pending, Outcome outcome) {
    open.remove(pending);
    pending.complete(outcome);
  }

  /** After {@code StoredMark}. */
  void stored(int epoch, long seq) {
    waits.removeIf(wait -> {
      boolean covered = wait.answer.epoch() == epoch && seq >= wait.answer.headSeq();
      if (covered) {
        tell(wait.pending, wait.payment.stored(), wait.answer);
      }
      return covered;
    });
  }

  /** Not carried out, for want of a quorum. */
  void refused(Call call) {
    if (cameBack(call)) {
      if (maybeDone) {
        repeat(false);
      } else {
        giveUp(Outcome.Why.UNAVAILABLE);
      }
    }
  }

  private void failed(Call call, boolean thisMaybeDone) {
    if (cameBack(call)) {
      if (world.has(Mechanism.UNKNOWN_IS_REPEATED)) {
        repeat(thisMaybeDone);
      } else {
        giveUp(Outcome.Why.UNAVAILABLE);
      }
    }
  }

  /** What a node that joins another side has in flight ends unknown, whatever still arrives. */
  void reset() {
    Call call = inFlight;
    if (call != null) {
      failed(call, true);
    }
  }

  private void giveUp(Outcome.Why why) {
    List<Pending> told = batch;
    sendNext();
    told.forEach(pending -> complete(pending, new Outcome.Unanswered(why)));
  }

  private void repeat(boolean thisMaybeDone) {
    batch = batch.stream().filter(each -> !each.isDone()).toList();
    attempts++;
    maybeDone |= thisMaybeDone;
    node.thread.after(Math.min(500, 5L << Math.min(7, attempts)), this::sendAgain);
  }

  private void sendAgain() {
    if (dead) {
      return;
    }
    giveUpOverdue(maybeDone);
    if (world.has(Mechanism.GIVEN_UP_IS_NOT_SENT)) {
      batch = batch.stream().filter(each -> !each.isDone()).toList();
    }
    if (batch.stream().allMatch(Pending::isDone)) {
      sendNext();
    } else {
      send();
    }
  }

  /** Answers those whose time is over, as every node does in each of its rounds. */
  void giveUpOverdue() {
    giveUpOverdue(true);
    long now = world.scheduler().now();
    while (!queue.isEmpty() && queue.element().isOver(now)) {
      complete(queue.remove(), new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
    }
    waits.removeIf(wait -> {
      boolean over = now >= wait.until;
      if (over) {
        tell(wait.pending, wait.payment, wait.answer);
      }
      return over;
    });
  }

  private void giveUpOverdue(boolean unknown) {
    Outcome.Why why = unknown ? Outcome.Why.UNKNOWN : Outcome.Why.UNAVAILABLE;
    for (Pending pending : batch) {
      if (!pending.isDone() && pending.isOver(world.scheduler().now())) {
        complete(pending, new Outcome.Unanswered(why));
      }
    }
  }

  /**
   * The answer says that the shard is not at work: it is loaded, then the commands go out again.
   */
  void notLoaded(Call call) {
    if (inFlight == call && !dead) {
      installer.begin(call);
    }
  }

  boolean isWaitingFor(Call call) {
    return inFlight == call && !dead;
  }

  boolean isDead() {
    return dead;
  }

  /** The loading is over, one way or the other: the commands go out again. */
  void installed(Call call) {
    if (cameBack(call)) {
      repeat(false);
    }
  }
}
