package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The commands that wait for one shard, in order of arrival. Commands of operators precede all
 * others and are accepted even if the queue is full.
 *
 * <p>Threads: any thread adds; one thread at a time takes.
 */
final class LaneQueue {

  private final int capacity;
  private final Queue<PendingCommand> operators = new ConcurrentLinkedQueue<>();
  private final Queue<PendingCommand> others = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();

  /**
   * An empty queue.
   *
   * @param capacity the number of commands from which on it accepts operators' commands only
   */
  LaneQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Adds a command; returns {@code false} if the queue is full. */
  boolean add(PendingCommand pending) {
    boolean isOperators = pending.command() instanceof ShardCommand.OfOperator;
    if (length.incrementAndGet() > capacity && !isOperators) {
      length.decrementAndGet();
      return false;
    }
    return (isOperators ? operators : others).add(pending);
  }

  /** Removes and returns the next commands, {@code most} at most. */
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

  /** Removes the commands whose deadline has passed, and answers them. */
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

  /** The number of commands that wait. */
  int length() {
    return length.get();
  }
}
