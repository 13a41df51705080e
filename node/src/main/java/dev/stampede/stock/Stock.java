package dev.stampede.stock;

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
}
