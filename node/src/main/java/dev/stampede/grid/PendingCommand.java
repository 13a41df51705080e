package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.concurrent.CompletableFuture;

/** A command that waits for its outcome, and until when it may. */
final class PendingCommand extends CompletableFuture<Outcome> {

  private final ShardCommand command;
  private final long deadline;

  /**
   * A command that was just asked for.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   */
  PendingCommand(ShardCommand command, long deadline) {
    this.command = command;
    this.deadline = deadline;
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
