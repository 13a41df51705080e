package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A command that waits for its outcome, and until when it may. */
final class PendingCommand extends CompletableFuture<Outcome> {

  private final ShardCommand command;
  private final long deadline;
  private final Duration untilDurable;

  /**
   * A command that was just asked for.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   * @param untilDurable how long its answer may wait for the database; 0 where it need not
   */
  PendingCommand(ShardCommand command, long deadline, Duration untilDurable) {
    this.command = command;
    this.deadline = deadline;
    this.untilDurable = untilDurable;
  }

  /** How long an answer may wait for the database: what a payment comes to always waits. */
  Duration mayWait(Outcome.Step step) {
    return untilDurable.isZero() && step instanceof Outcome.OfPayment
        ? DurableWaits.USUAL
        : untilDurable;
  }

  ShardCommand command() {
    return command;
  }

  boolean isOver(long nanoTime) {
    return nanoTime - deadline >= 0;
  }

  void complete(Outcome.Why why) {
    complete(new Outcome.Unanswered(why));
  }
}
