package dev.stampede.grid;

import com.hazelcast.map.IMap;
import dev.stampede.persistence.ShardTable;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Brings shards from the database into the grid on first touch, on threads that may block. Two
 * nodes may do so at once: the second finds the shard in place (see {@link InstallShard}).
 */
final class ShardInstaller {

  private final ShardTable table;
  private final IMap<StockKey, StockShard> stock;
  private final LocalShards local;
  private final Executor blocking;

  ShardInstaller(
      ShardTable table, IMap<StockKey, StockShard> stock, LocalShards local, Executor blocking) {
    this.table = table;
    this.stock = stock;
    this.local = local;
    this.blocking = blocking;
  }

  /**
   * {@code false} where the database has no such shard; fails where it cannot be asked, or this
   * side must not load.
   */
  CompletionStage<Boolean> install(StockKey key) {
    if (!local.hasQuorum()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("fewer nodes than a majority load no shards"));
    }
    return CompletableFuture.supplyAsync(() -> table.load(key), blocking)
        .thenComposeAsync(snapshot -> put(key, snapshot), blocking);
  }

  private CompletionStage<Boolean> put(StockKey key, Optional<ShardSnapshot> snapshot) {
    return snapshot.isEmpty()
        ? CompletableFuture.completedStage(false)
        : stock.submitToKey(key, new InstallShard(snapshot.get())).thenApply(installed -> true);
  }
}
