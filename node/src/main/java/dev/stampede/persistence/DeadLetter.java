package dev.stampede.persistence;

import dev.stampede.stock.ShardChange;

/**
 * What could not be stored.
 *
 * @param id its name
 * @param kind why it is here: its history lost, or a table refused the row
 * @param change what a shard did; of a refused row, no more of it than that row
 * @param reason what the database said, in one line
 * @param notedAt since when, milliseconds since 1970
 */
public record DeadLetter(
    long id, LetterKind kind, ShardChange change, String reason, long notedAt) {}
