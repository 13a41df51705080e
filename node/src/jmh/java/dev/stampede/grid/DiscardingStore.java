package dev.stampede.grid;

import com.hazelcast.map.MapStore;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Takes every change for stored: the benchmark is about the grid, not about the database. */
final class DiscardingStore implements MapStore<StockKey, StockShard> {

  @Override
  public void store(StockKey key, StockShard shard) {
    shard.unstored().stored(shard.head().seq());
  }

  @Override
  public void storeAll(Map<StockKey, StockShard> shards) {
    shards.forEach(this::store);
  }

  @Override
  public void delete(StockKey key) {}

  @Override
  public void deleteAll(Collection<StockKey> keys) {}

  @Override
  public StockShard load(StockKey key) {
    return null;
  }

  @Override
  public Map<StockKey, StockShard> loadAll(Collection<StockKey> keys) {
    return Map.of();
  }

  @Override
  public Iterable<StockKey> loadAllKeys() {
    return List.of();
  }
}
