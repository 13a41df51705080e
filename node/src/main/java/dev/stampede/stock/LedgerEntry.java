package dev.stampede.stock;

/**
 * A change as the ledger keeps it, before anybody has looked into its body.
 *
 * @param seq its number
 * @param epoch the loading that it says it was decided under
 * @param at when it says it was decided, milliseconds since 1970
 * @param chain the hash that it says it has
 * @param body its canonical form; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LedgerEntry(long seq, int epoch, long at, ChainHash chain, byte[] body) {}
