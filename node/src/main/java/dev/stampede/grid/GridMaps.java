package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.topic.ITopic;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Tier;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import dev.stampede.stock.StockView;

/**
 * The only place where a map or a topic is named and typed.
 *
 * @param standard the shards of standard sales. Never to be asked with {@code get}: their values
 *     change in place
 * @param dedicated those of dedicated ones, likewise
 * @param opened the shards that this grid has put to work since its first node started, each with
 *     its latest loading, on every node: what is in there and not in the map of its tier was lost
 * @param views the views of hot shards, near-cached on every node: see {@link HotViews}
 * @param sales the published sales, near-cached on every node
 * @param stored what the database has committed, told to every node
 */
record GridMaps(
    IMap<StockKey, StockShard> standard,
    IMap<StockKey, StockShard> dedicated,
    IMap<StockKey, Integer> opened,
    IMap<StockKey, StockView> views,
    IMap<SaleId, Sale> sales,
    ITopic<StoredMark> stored) {

  static final String STOCK = "stock";
  static final String DEDICATED_STOCK = "stock-dedicated";
  static final String OPENED = "opened";
  static final String VIEWS = "stock-views";
  static final String SALES = "sales";
  static final String STORED = "stored";

  static GridMaps of(HazelcastInstance member) {
    return new GridMaps(
        member.getMap(STOCK),
        member.getMap(DEDICATED_STOCK),
        member.getMap(OPENED),
        member.getMap(VIEWS),
        member.getMap(SALES),
        member.getTopic(STORED));
  }

  /** Where the shards of a tier live. */
  IMap<StockKey, StockShard> stock(Tier tier) {
    return switch (tier) {
      case STANDARD -> standard;
      case DEDICATED -> dedicated;
    };
  }
}
