package dev.stampede.grid;

import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Answers that wait on this node until the database has what they speak of. The node that commits
 * tells all others ({@link StoredMark}); nobody asks in turns. A word that got lost costs the full
 * wait, after which the answer goes out as not known to be durable.
 *
 * <p>Threads: any may wait; the grid's event threads complete. Bounded by the requests in work.
 */
final class DurableWaits {

  /** Ten times what a write takes when all is well. */
  static final Duration USUAL = Duration.ofSeconds(10);

  /** However long somebody wants to wait. */
  static final Duration MOST = Duration.ofSeconds(30);

  private final ConcurrentMap<StockKey, Queue<Wait>> waits = new ConcurrentHashMap<>();
  private final ConcurrentMap<StockKey, StoredMark> newest = new ConcurrentHashMap<>();

  private record Wait(int epoch, long seq, CompletableFuture<Boolean> stored) {}

  /**
   * Completes with whether the change is known to be stored.
   *
   * @param most after this time at most, and never after more than {@link #MOST}
   */
  CompletableFuture<Boolean> await(StockKey key, int epoch, long seq, Duration most) {
    long millis = Math.min(most.toMillis(), MOST.toMillis());
    CompletableFuture<Boolean> stored = new CompletableFuture<>();
    Queue<Wait> queue = waits.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>());
    Wait wait = new Wait(epoch, seq, stored);
    queue.add(wait);
    StoredMark mark = newest.get(key);
    if (mark != null && mark.covers(epoch, seq)) {
      stored.complete(true);
    }
    return stored
        .completeOnTimeout(false, millis, TimeUnit.MILLISECONDS)
        .whenComplete((known, thrown) -> queue.remove(wait));
  }

  /** Notes what the database has. */
  void stored(StoredMark mark) {
    newest.put(mark.key(), mark);
    Queue<Wait> queue = waits.get(mark.key());
    if (queue != null) {
      queue.stream()
          .filter(wait -> mark.covers(wait.epoch(), wait.seq()))
          .forEach(wait -> wait.stored().complete(true));
    }
  }
}
