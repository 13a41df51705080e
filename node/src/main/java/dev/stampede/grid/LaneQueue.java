package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits in front of one shard: first what operators want, which is never refused, then the
 * rest in the order in which it came.
 *
 * <p>Threads: any thread adds; one at a time takes.
 */
final class LaneQueue {

  private final int capacity;
  private final Queue<PendingCommand> operators = new ConcurrentLinkedQueue<>();
  private final Queue<PendingCommand> others = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();

  /**
   * Nothing waits.
   *
   * @param capacity with so many in it, only operators get in
   */
  LaneQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Puts it at its place; {@code false} where there is no room. */
  boolean add(PendingCommand pending) {
    boolean isOperators = pending.command() instanceof ShardCommand.OfOperator;
    if (length.incrementAndGet() > capacity && !isOperators) {
      length.decrementAndGet();
      return false;
    }
    return (isOperators ? operators : others).add(pending);
  }

  /** Takes out those whose turn it is, so many at most. */
  List<PendingCommand> take(int most) {
    List<PendingCommand> taken = new ArrayList<>(Math.min(length.get(), most));
    move(operators, taken, most);
    move(others, taken, most);
    return taken;
  }

  private void move(Queue<PendingCommand> from, List<PendingCommand> to, int most) {
    while (to.size() < most) {
      PendingCommand next = from.poll();
      if (next == null) {
        return;
      }
      length.decrementAndGet();
      to.add(next);
    }
  }

  /** Answers those whose time was over at this instant of {@link System#nanoTime}. */
  void giveUpOverdue(long now) {
    giveUpOverdue(operators, now);
    giveUpOverdue(others, now);
  }

  private void giveUpOverdue(Queue<PendingCommand> queue, long now) {
    for (PendingCommand head = queue.peek();
        head != null && head.isOver(now);
        head = queue.peek()) {
      if (queue.remove(head)) {
        length.decrementAndGet();
        head.complete(Outcome.Why.UNAVAILABLE);
      }
    }
  }

  boolean isEmpty() {
    return others.isEmpty() && operators.isEmpty();
  }

  /** How many wait. */
  int length() {
    return length.get();
  }
}
