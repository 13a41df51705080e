package dev.stampede.stock;

/**
 * A shard after one of its changes, as the database has it.
 *
 * @param key which shard
 * @param seq the number of the change; 0 before the first
 * @param chain the hash of that change
 * @param counts where the units are after it
 */
public record StoredShard(StockKey key, long seq, ChainHash chain, ShardCounts counts) {}
