package dev.stampede.stock;

/**
 * A shard as the database has it, for audits.
 *
 * @param key which shard
 * @param seq the newest change that is stored
 * @param chain the hash of that change
 * @param counts where the units are, by the shard's row
 * @param heldByOrders units of held orders, summed over the order rows
 * @param soldByOrders units of placed and paid orders, summed over the order rows
 * @param buyersOverLimit buyers with more live units than the limit, by the order rows
 * @param setAside rows that their tables refused, and that dead letters keep; the sums have them
 */
public record AuditedShard(
    StockKey key,
    long seq,
    ChainHash chain,
    ShardCounts counts,
    long heldByOrders,
    long soldByOrders,
    long buyersOverLimit,
    long setAside) {}
