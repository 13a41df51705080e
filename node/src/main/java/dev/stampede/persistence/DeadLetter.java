package dev.stampede.persistence;

import dev.stampede.stock.ShardChange;

/**
 * A change that can never be stored.
 *
 * @param change what a shard did
 * @param reason why it is here, in one line
 * @param notedAt since when, milliseconds since 1970
 */
public record DeadLetter(ShardChange change, String reason, long notedAt) {}
