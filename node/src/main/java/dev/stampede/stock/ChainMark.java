package dev.stampede.stock;

/**
 * A place in the chain of a shard, as somebody else has it.
 *
 * @param seq the number of a change; 0 before the first
 * @param chain the hash of that change
 */
public record ChainMark(long seq, ChainHash chain) {}
