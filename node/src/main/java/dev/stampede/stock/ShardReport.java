package dev.stampede.stock;

import dev.stampede.sale.SalePhase;

/**
 * All that an operator or an audit wants to know of a shard at one instant.
 *
 * @param counts where its units are
 * @param phase whether it sells
 * @param epoch how often it was loaded from the database
 * @param seq its newest change
 * @param storedSeq the newest change known to be in the database
 * @param chain the hash of its newest change
 * @param orders how many orders it has ever taken
 * @param buyersOverLimit how many buyers have more than the limit: 0, or the shard is wrong
 */
public record ShardReport(
    ShardCounts counts,
    SalePhase phase,
    int epoch,
    long seq,
    long storedSeq,
    ChainHash chain,
    long orders,
    long buyersOverLimit) {}
