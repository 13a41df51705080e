package dev.stampede.grid;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import dev.stampede.config.StoreSettings;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.ShardTable;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The stores of the stock maps, one for each map. Hazelcast writes each map behind by a worker of
 * its own, one run after the other, so a store that is held up holds up nothing of the other map.
 *
 * @param standard for the shards of standard sales
 * @param dedicated for those of dedicated ones
 */
record StockStores(StockShardStore standard, StockShardStore dedicated) {

  static StockStores of(ShardTable table, DeadLetterTable deadLetters) {
    return new StockStores(
        new StockShardStore(table, deadLetters), new StockShardStore(table, deadLetters));
  }

  /**
   * Has both maps stored. The map of dedicated sales is that of standard ones under another name:
   * what is promised of stock is said once, in {@code hazelcast.yaml}, and holds for both.
   *
   * @param settings what its store has of its own
   */
  void enterInto(Config config, StoreSettings settings) {
    MapConfig stock = config.getMapConfig(GridMaps.STOCK);
    MapConfig apart = new MapConfig(stock).setName(GridMaps.DEDICATED_STOCK);
    MapStoreConfig store =
        new MapStoreConfig(stock.getMapStoreConfig())
            .setWriteDelaySeconds(settings.delaySeconds())
            .setWriteBatchSize(settings.batch())
            .setImplementation(dedicated);
    stock.getMapStoreConfig().setImplementation(standard);
    config.addMapConfig(apart.setMapStoreConfig(store));
  }

  /** Says who is told of commits. */
  void tell(Consumer<StoredMark> consumer) {
    standard.tell(consumer);
    dedicated.tell(consumer);
  }

  /** A figure of all stores together. */
  long sum(ToLongFunction<StockShardStore> figure) {
    return Stream.of(standard, dedicated).mapToLong(figure).sum();
  }
}
