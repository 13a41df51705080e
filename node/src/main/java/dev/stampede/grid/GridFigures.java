package dev.stampede.grid;

import dev.stampede.stock.StockShard;
import java.util.Collection;

/**
 * What can be counted of the grid on one node.
 *
 * @param unstoredOrders orders of owned shards that wait to be written, one that changed twice
 *     twice
 * @param oldestUnstoredAt when the oldest of them changed, milliseconds since 1970; 0 where none
 * @param changedOrders orders that this node changed as their owner, one that changed twice twice
 * @param storedOrders those of them, and of earlier owners, that this node wrote to the database
 * @param ownedShards shards that this node has worked on as their owner
 * @param waitingCommands commands in this node's lanes
 * @param laneCalls calls that lanes made to owners
 * @param laneCommands commands in those calls
 * @param laneRepeats calls made again because the one before ended without an answer
 * @param forks shards that stopped here because the database has another history of them
 * @param deadLetters rows that the database refused, and changes of a history that lost, written as
 *     dead letters by this node
 * @param storeFailures writes that the database did not take
 * @param replicaGaps changes that a backup here could not apply, and was copied anew for
 * @param losses shards that this node brought back after all their replicas had gone
 */
public record GridFigures(
    long unstoredOrders,
    long oldestUnstoredAt,
    long changedOrders,
    long storedOrders,
    int ownedShards,
    int waitingCommands,
    long laneCalls,
    long laneCommands,
    long laneRepeats,
    long forks,
    long deadLetters,
    long storeFailures,
    long replicaGaps,
    long losses) {

  static GridFigures of(LocalShards local, StockStores stores, GridStock stock) {
    Collection<StockShard> shards = local.all();
    return new GridFigures(
        shards.stream().mapToLong(shard -> shard.unstored().orders()).sum(),
        shards.stream()
            .mapToLong(shard -> shard.unstored().oldestAt())
            .filter(at -> at > 0)
            .min()
            .orElse(0),
        local.changedOrders(),
        stores.sum(StockShardStore::storedOrders),
        shards.size(),
        stock.waiting(),
        stock.counters().calls().sum(),
        stock.counters().commands().sum(),
        stock.counters().repeats().sum(),
        stores.sum(StockShardStore::forks),
        stores.sum(StockShardStore::letters),
        stores.sum(StockShardStore::failures),
        local.gaps(),
        local.losses());
  }
}
