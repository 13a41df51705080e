package dev.stampede.simulation;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.function.Consumer;

/** A command that waits in a lane, and who is to be told. After {@code PendingCommand}. */
final class Pending {

  final ShardCommand command;
  private final long deadline;
  private final Consumer<Outcome> asker;
  private boolean done;

  Pending(ShardCommand command, long deadline, Consumer<Outcome> asker) {
    this.command = command;
    this.deadline = deadline;
    this.asker = asker;
  }

  boolean isDone() {
    return done;
  }

  boolean isOver(long now) {
    return now >= deadline;
  }

  void complete(Outcome outcome) {
    if (!done) {
      done = true;
      asker.accept(outcome);
    }
  }

  void complete(Outcome.Why why) {
    complete(new Outcome.Unanswered(why));
  }
}
