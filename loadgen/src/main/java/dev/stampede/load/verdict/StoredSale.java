package dev.stampede.load.verdict;

import java.util.List;

/**
 * A sale as the database has it. The orders and units of a shard are of one instant, whatever goes
 * on meanwhile; different shards may be of different instants.
 *
 * @param shards each shard as it was when its orders were read
 * @param orders all orders
 * @param audited each shard after the change that the grid was at when it was asked; a shard that
 *     had no change yet, and one whose change the database does not have, is left out
 */
public record StoredSale(
    List<ShardState> shards, List<ServerOrder> orders, List<ShardState> audited) {

  /** The sum of the shards. */
  Figures figures() {
    return shards.stream().map(ShardState::counts).reduce(Figures.NONE, Figures::plus);
  }
}
