package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that travel in one call, and what is known of earlier calls with them.
 *
 * @param commands those still waited for, in their order
 * @param attempts how many calls were made before
 * @param maybeDone whether one of those may have been carried out
 */
record Batch(List<PendingCommand> commands, int attempts, boolean maybeDone) {

  static Batch of(List<PendingCommand> commands) {
    return new Batch(commands, 0, false);
  }

  List<ShardCommand> toSend() {
    List<ShardCommand> list = new ArrayList<>(commands.size());
    for (PendingCommand pending : commands) {
      list.add(pending.command());
    }
    return list;
  }

  /** The next call with the same commands, without those that nobody waits for any more. */
  Batch again(boolean thisMaybeDone) {
    return new Batch(waiting(), attempts + 1, maybeDone || thisMaybeDone);
  }

  /** Without those that were told meanwhile that nothing was done: then nothing may be. */
  Batch withoutAnswered() {
    return new Batch(waiting(), attempts, maybeDone);
  }

  private List<PendingCommand> waiting() {
    return commands.stream().filter(each -> !each.isDone()).toList();
  }

  /** Answers those whose time is over: not done, or perhaps done. */
  void giveUpOverdue(long nanoTime, boolean inFlight) {
    Outcome.Why why = maybeDone || inFlight ? Outcome.Why.UNKNOWN : Outcome.Why.UNAVAILABLE;
    for (PendingCommand pending : commands) {
      if (pending.isOver(nanoTime)) {
        pending.complete(why);
      }
    }
  }

  /**
   * What an answer says of all calls: a side whose history has lost knows that it did nothing, not
   * what the other one did.
   */
  Outcome told(Outcome outcome) {
    return maybeDone && outcome.equals(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE))
        ? new Outcome.Unanswered(Outcome.Why.UNKNOWN)
        : outcome;
  }

  void answerAll(Outcome.Why why) {
    commands.forEach(pending -> pending.complete(why));
  }
}
