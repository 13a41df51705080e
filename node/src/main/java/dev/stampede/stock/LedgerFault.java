package dev.stampede.stock;

/**
 * The first thing in a shard's stored history that is not as it should be.
 *
 * @param key which shard of which sale
 * @param seq the change that it is about
 * @param what what is wrong, in words
 */
public record LedgerFault(StockKey key, long seq, String what) {

  @Override
  public String toString() {
    return key + " #" + seq + ": " + what;
  }
}
