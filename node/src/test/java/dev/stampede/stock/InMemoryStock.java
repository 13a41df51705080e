package dev.stampede.stock;

import dev.stampede.sale.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Stock without a grid: real shards, one lock each, and a database that is never behind. Answers
 * before it returns.
 */
public final class InMemoryStock implements Stock {

  private final Map<StockKey, StockShard> shards = new ConcurrentHashMap<>();
  private final Map<StockKey, List<ShardChange>> stored = new ConcurrentHashMap<>();
  private final LongSupplier clock;

  /**
   * No stock yet.
   *
   * @param clock milliseconds since 1970
   */
  public InMemoryStock(LongSupplier clock) {
    this.clock = clock;
  }

  /** Puts a sale's units on its shards, the first ones getting what cannot be divided. */
  public void publish(Sale sale) {
    int count = sale.terms().shards();
    for (StockKey key : StockKey.all(sale.id(), count)) {
      long units = sale.quantity() / count + (key.shard() < sale.quantity() % count ? 1 : 0);
      shards.put(key, new StockShard(ShardFixture.fresh(key, sale.terms(), units)));
    }
  }

  @Override
  public CompletableFuture<Outcome> execute(StockKey key, ShardCommand command) {
    StockShard shard = shards.get(key);
    return CompletableFuture.completedFuture(
        shard == null
            ? new Outcome.Unanswered(Outcome.Why.NO_SUCH_SHARD)
            : execute(shard, command));
  }

  private Outcome execute(StockShard shard, ShardCommand command) {
    synchronized (shard) {
      Decision decision = shard.decide(List.of(command), clock.getAsLong(), ShardFixture.BOUNDS);
      decision.change().ifPresent(change -> applyAndStore(shard, change));
      Outcome outcome = decision.outcomes().getFirst();
      return outcome instanceof Outcome.OfPayment payment ? payment.stored() : outcome;
    }
  }

  @Override
  public CompletableFuture<Outcome> executeDurably(
      StockKey key, ShardCommand command, Duration most) {
    return execute(key, command)
        .thenApply(outcome -> outcome instanceof Outcome.Step step ? step.stored() : outcome);
  }

  /** All changes, of one shard after the other. */
  public List<ShardChange> changes() {
    return stored.values().stream().flatMap(List::stream).toList();
  }

  /** A change, as the database would have it. */
  public Optional<ShardChange> change(StockKey key, long seq) {
    return stored.getOrDefault(key, List.of()).stream()
        .filter(change -> change.seq() == seq)
        .findAny();
  }

  private void applyAndStore(StockShard shard, ShardChange change) {
    if (!shard.apply(change)) {
      throw new IllegalStateException("decided on another state: " + change);
    }
    stored.computeIfAbsent(shard.key(), _ -> new CopyOnWriteArrayList<>()).add(change);
    shard.unstored().stored(change.seq());
  }
}
