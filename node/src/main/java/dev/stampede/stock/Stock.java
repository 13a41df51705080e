package dev.stampede.stock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The stock of all sales, wherever it lives. Any thread may ask. */
public interface Stock {

  /**
   * Carries a command out on a shard.
   *
   * @return completes with the outcome, always normally; may complete on a thread that must not be
   *     blocked
   */
  CompletableFuture<Outcome> execute(StockKey key, ShardCommand command);

  /**
   * The same, but an order is told only once it is in the database, or as not durable after this
   * time. Stock without a database has nothing to wait for.
   *
   * @param most more than 0, up to 30 s
   */
  default CompletableFuture<Outcome> executeDurably(
      StockKey key, ShardCommand command, Duration most) {
    return execute(key, command);
  }
}
