package dev.stampede.grid;

import dev.stampede.config.ClusterSettings;
import dev.stampede.config.DedicatedSettings;
import dev.stampede.config.LaneSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.config.RecoverySettings;
import dev.stampede.config.SaleSettings;
import dev.stampede.sale.Tier;
import dev.stampede.stock.ShardBounds;

/**
 * The settings that the grid follows.
 *
 * @param cluster which grid, and who is in it
 * @param secret what its nodes share
 * @param lanes how commands queue in front of shards of standard sales
 * @param dedicated what dedicated sales have of their own
 * @param persistence how much may wait for the database, and how long
 * @param recovery what becomes of lost shards
 * @param sale what holds for all sales
 */
public record GridSettings(
    ClusterSettings cluster,
    GridSecret secret,
    LaneSettings lanes,
    DedicatedSettings dedicated,
    PersistenceSettings persistence,
    RecoverySettings recovery,
    SaleSettings sale) {

  /** How commands queue in front of shards of a tier. */
  LaneSettings lanes(Tier tier) {
    return switch (tier) {
      case STANDARD -> lanes;
      case DEDICATED -> dedicated.lane();
    };
  }

  /** What the shards that this node owns obey. */
  ShardBounds bounds() {
    return new ShardBounds(
        persistence.maxBacklog(), sale.maxOpenOrders(), sale.maxOrdersPerBuyer());
  }
}
