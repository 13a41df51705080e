package dev.stampede.grid;

import dev.stampede.config.LaneSettings;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's bounded queue in front of one shard. It keeps one call in flight; whatever arrives
 * meanwhile goes into the next one. So latency stays at one round trip while throughput grows with
 * the batch (after the "smart batching" of M. Thompson). A full queue refuses at once: this queue
 * is the throttle of its sale. Operators' commands are never refused. They are retried for longer
 * than the cluster needs to replace a node that hangs.
 *
 * <p>A call that ended without an answer is made again with the same commands, after a short
 * growing pause, until the answer is known or nobody waits any more. Commands are idempotent, so
 * nothing happens twice; and nothing unknown is ever reported as done or as not done.
 *
 * <p>Threads: any thread submits. Whoever finds the lane idle has another thread send; otherwise
 * the thread that handles an answer does. {@code sending} is the baton: who holds it owns {@link
 * #inFlight}.
 */
final class ShardLane {

  private static final Logger LOG = LoggerFactory.getLogger(ShardLane.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** Three times as long as a node may hang before the others part with it. */
  private static final Duration OPERATORS_DEADLINE = Duration.ofSeconds(30);

  private final StockKey key;
  private final LaneSettings settings;
  private final LaneCalls calls;
  private final LaneCounters counters;
  private final LaneQueue queue;
  private final AtomicBoolean sending = new AtomicBoolean();
  private volatile @Nullable Batch inFlight;
  private volatile Acknowledged acknowledged = new Acknowledged(0, 0);
  private volatile @Nullable SeenView lastView;

  /** A change that all backups are known to have, of one epoch. */
  private record Acknowledged(int epoch, long seq) {}

  private record SeenView(StockView view, long nanoTime) {}

  /** What a lane needs of its surroundings. */
  interface LaneCalls {

    /** Calls the owner; completes on a thread that may be used to answer. */
    CompletionStage<BatchResult> execute(StockKey key, ExecuteCommands batch);

    /** Whether this node counts every backup of the shard among the members. Takes no lock. */
    boolean isBackedUp(StockKey key);

    /** Puts the shard into the grid; {@code false} where there is none of that name. */
    CompletionStage<Boolean> install(StockKey key);

    /** Waits until a change is in the database; {@code false} where that is not known in time. */
    CompletionStage<Boolean> stored(StockKey key, int epoch, long seq, Duration most);

    /**
     * Runs something after this time, which may be none, on a thread that may be used to answer.
     */
    void after(Duration time, Runnable action);
  }

  ShardLane(StockKey key, LaneSettings settings, LaneCalls calls, LaneCounters counters) {
    this.key = key;
    this.settings = settings;
    this.calls = calls;
    this.counters = counters;
    this.queue = new LaneQueue(settings.capacity());
  }

  CompletableFuture<Outcome> submit(ShardCommand command) {
    return submit(command, Duration.ZERO);
  }

  /** The same; the answer waits for the database, for so long at most. */
  CompletableFuture<Outcome> submit(ShardCommand command, Duration untilDurable) {
    Duration deadline =
        command instanceof ShardCommand.OfOperator ? OPERATORS_DEADLINE : settings.deadline();
    PendingCommand pending =
        new PendingCommand(command, System.nanoTime() + deadline.toNanos(), untilDurable);
    if (queue.add(pending)) {
      sendIfIdle();
    } else {
      pending.complete(Outcome.Why.LANE_FULL);
    }
    return pending;
  }

  /** The shard as this lane last heard of it, unless that is longer ago. */
  Optional<StockView> viewNotOlderThan(long nanos) {
    SeenView seen = lastView;
    return seen != null && System.nanoTime() - seen.nanoTime() <= nanos
        ? Optional.of(seen.view())
        : Optional.empty();
  }

  /** Answers commands whose time is over. To be called every few hundred milliseconds. */
  void giveUpOverdue() {
    long now = System.nanoTime();
    Batch batch = inFlight;
    if (batch != null) {
      batch.giveUpOverdue(now, true);
    }
    queue.giveUpOverdue(now);
  }

  /** Whether nothing waits and nothing is in flight. */
  boolean isIdle() {
    return !sending.get() && queue.isEmpty();
  }

  /** How many commands wait, those in flight not counted. */
  int length() {
    return queue.length();
  }

  /**
   * Not on the thread that submits: by the time another one gets to it, more may have come in, and
   * one call for many costs little more than a call for one.
   */
  private void sendIfIdle() {
    if (!queue.isEmpty() && sending.compareAndSet(false, true)) {
      calls.after(Duration.ZERO, this::sendNext);
    }
  }

  /** Sends the next batch, or puts the baton down where there is none. */
  private void sendNext() {
    List<PendingCommand> next = queue.take(settings.batch());
    if (next.isEmpty()) {
      rest();
    } else {
      send(Batch.of(next));
    }
  }

  private void goOn() {
    if (queue.isEmpty()) {
      rest();
    } else {
      calls.after(Duration.ZERO, this::sendNext);
    }
  }

  /** Puts the baton down; something may have come in meanwhile. */
  private void rest() {
    inFlight = null;
    sending.set(false);
    sendIfIdle();
  }

  private void send(Batch batch) {
    inFlight = batch;
    counters.called(batch);
    Acknowledged known = acknowledged;
    ExecuteCommands call =
        new ExecuteCommands(batch.toSend(), known.epoch(), known.seq(), batch.attempts() > 0);
    calls
        .execute(key, call)
        .whenComplete((result, thrown) -> {
          if (thrown != null) {
            failed(batch, thrown);
          } else if (!result.isLoaded()) {
            install(batch);
          } else if (calls.isBackedUp(key)) {
            answered(batch, result);
          } else {
            repeat(batch, true); // a backup left while the call ran, and may have been left out
          }
        });
  }

  /** Answers first, then the next call: who was answered may ask again, and goes with it. */
  private void answered(Batch batch, BatchResult result) {
    acknowledged = new Acknowledged(result.epoch(), result.replicatedSeq());
    lastView = new SeenView(result.view(), System.nanoTime());
    for (int i = 0; i < batch.commands().size(); i++) {
      answer(batch.commands().get(i), batch.told(result.outcomes().get(i)), result);
    }
    goOn();
  }

  /** What a payment came to is told once the database has it; an order where that was asked for. */
  private void answer(PendingCommand pending, Outcome outcome, BatchResult result) {
    if (!(outcome instanceof Outcome.Step step)
        || step.durable()
        || pending.mayWait(step).isZero()) {
      pending.complete(outcome);
    } else if (result.storedSeq() >= result.view().seq()) {
      pending.complete(step.stored());
    } else {
      calls
          .stored(key, result.epoch(), result.view().seq(), pending.mayWait(step))
          .thenAccept(stored -> pending.complete(stored ? step.stored() : step));
    }
  }

  private void failed(Batch batch, Throwable thrown) {
    switch (CallFailure.of(thrown)) {
      case UNKNOWN -> repeat(batch, true);
      case REFUSED -> {
        if (batch.maybeDone()) {
          repeat(batch, false);
        } else {
          giveUp(batch, Outcome.Why.UNAVAILABLE);
        }
      }
      case BROKEN -> {
        LOG.error("shard {} cannot be asked", key, thrown);
        giveUp(batch, Outcome.Why.UNKNOWN);
      }
    }
  }

  private void giveUp(Batch batch, Outcome.Why why) {
    goOn();
    batch.answerAll(why);
  }

  private void repeat(Batch failed, boolean maybeDone) {
    Batch again = failed.again(maybeDone);
    inFlight = again;
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(7, failed.attempts()));
    calls.after(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, () -> sendAgain(again));
  }

  private void sendAgain(Batch batch) {
    batch.giveUpOverdue(System.nanoTime(), false);
    Batch waiting = batch.withoutAnswered();
    if (waiting.commands().isEmpty()) {
      goOn();
    } else {
      send(waiting);
    }
  }

  private void install(Batch batch) {
    calls
        .install(key)
        .whenComplete((known, thrown) -> {
          if (thrown != null) {
            LOG.warn("shard {} cannot be loaded: {}", key, thrown.getMessage());
            repeat(batch, false);
          } else if (known) {
            repeat(batch, false);
          } else {
            giveUp(batch, Outcome.Why.NO_SUCH_SHARD);
          }
        });
  }
}
