package dev.stampede.http;

import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.util.Optional;

/** The changes in the database. Any thread may ask; blocks on the database. */
@FunctionalInterface
public interface StoredChanges {

  /** One change of a shard, by its number; empty where it is not stored, or not yet. */
  Optional<ShardChange> find(StockKey key, long seq);
}
