package dev.stampede.grid;

import dev.stampede.config.ClusterSettings;
import dev.stampede.config.LaneSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.config.RecoverySettings;
import dev.stampede.config.SaleSettings;
import dev.stampede.stock.ShardBounds;

/**
 * The settings that the grid follows.
 *
 * @param cluster which grid, and who is in it
 * @param lanes how commands queue in front of shards
 * @param persistence how much may wait for the database, and how long
 * @param recovery what becomes of lost shards
 * @param sale what holds for all sales
 */
public record GridSettings(
    ClusterSettings cluster,
    LaneSettings lanes,
    PersistenceSettings persistence,
    RecoverySettings recovery,
    SaleSettings sale) {

  /** What the shards that this node owns obey. */
  ShardBounds bounds() {
    return new ShardBounds(persistence.maxBacklog(), sale.maxOpenOrders());
  }
}
