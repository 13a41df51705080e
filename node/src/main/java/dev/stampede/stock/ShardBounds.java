package dev.stampede.stock;

/**
 * What new orders may pile up to before a shard takes no more of them. The bounds of the node that
 * owns the shard: only the owner decides, and a change carries its results, so nodes may differ.
 *
 * @param waitingOrders changed orders that may wait for the database, 1 or more; then new ones are
 *     refused, while those that are there may still be paid and cancelled
 * @param openOrdersPerBuyer orders of one buyer that wait for their payment and run out, 1 or more
 */
public record ShardBounds(int waitingOrders, int openOrdersPerBuyer) {}
