package dev.stampede.persistence;

import dev.stampede.stock.StoredShard;
import java.util.List;

/**
 * Some orders of a sale, and all of its shards, at one instant.
 *
 * @param orders by shard and key
 * @param shards by number
 */
public record StoredPage(List<StoredOrder> orders, List<StoredShard> shards) {}
