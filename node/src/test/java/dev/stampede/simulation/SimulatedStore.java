package dev.stampede.simulation;

import dev.stampede.persistence.StoreResult;
import dev.stampede.stock.Epochs;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockShard;
import java.util.List;
import java.util.Optional;

/** A node's write-behind, after {@code StockShardStore}. */
final class SimulatedStore {

  private static final int ORDERS_PER_TRANSACTION = 3;
  private static final int DELAY_MILLIS = 600;
  private static final int TRANSACTION_MILLIS = 60;
  private static final int LOST_ANSWERS_PERCENT = 10;

  private final World world;
  private final Cluster cluster;
  private final SimulatedNode node;
  private boolean busy;

  SimulatedStore(World world, Cluster cluster, SimulatedNode node) {
    this.world = world;
    this.cluster = cluster;
    this.node = node;
  }

  void writeSoon() {
    if (!busy) {
      busy = true;
      node.thread.after(world.scheduler().draw(1, DELAY_MILLIS), this::write);
    }
  }

  private void write() {
    Replica mine = node.replica();
    List<ShardChange> changes =
        mine == null || node.side().owner() != node ? List.of() : toStore(mine.shard());
    busy = mine != null && !changes.isEmpty() && !mine.shard().isFenced();
    if (busy) {
      Epochs epochs = mine.shard().epochs();
      node.thread.after(duration(), () -> transaction(mine.shard(), epochs, changes));
    }
  }

  private long duration() {
    return world.scheduler().draw(1, world.scheduler().chance(5) ? 3_000 : TRANSACTION_MILLIS);
  }

  private List<ShardChange> toStore(StockShard shard) {
    return world.has(Mechanism.ONLY_CONFIRMED_IS_STORED)
        ? shard.unstored().confirmed(ORDERS_PER_TRANSACTION)
        : shard.snapshot().unstored();
  }

  /** At the database, which does not care whether the node still lives. */
  private void transaction(StockShard shard, Epochs epochs, List<ShardChange> changes) {
    Optional<StoreResult> result = cluster.database().store(epochs, changes);
    world
        .scheduler()
        .note(result.hashCode(), () -> "database: " + changes + ", " + epochs + ": " + result);
    boolean lost = !cluster.isHealed() && world.scheduler().chance(LOST_ANSWERS_PERCENT);
    Optional<StoreResult> answer = lost ? Optional.empty() : result;
    node.thread.after(world.scheduler().draw(1, TRANSACTION_MILLIS), () -> ended(shard, answer));
  }

  private void ended(StockShard shard, Optional<StoreResult> answer) {
    busy = false;
    if (!node.isAlive() || answer.isEmpty()) {
      return;
    }
    switch (answer.get()) {
      case StoreResult.Stored stored -> {
        shard.unstored().stored(stored.seq());
        cluster.tellStored(node, shard.head().epoch(), stored.seq());
        busy = true;
        write();
      }
      case StoreResult.Outdated outdated -> shard.outdatedBy(outdated.epoch());
      case StoreResult.Fork fork -> {
        shard.fence();
        world.promises().forked(cluster, shard, fork);
      }
    }
  }
}
