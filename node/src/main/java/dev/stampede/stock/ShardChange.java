package dev.stampede.stock;

import dev.stampede.order.Order;
import java.util.List;

/**
 * What one batch of commands did to a shard. It holds the state after, not the steps: applying it
 * is plain assignment and cannot fail.
 *
 * <p>Its canonical form ({@link #body}) is made once, by the owner, and is what the hash covers,
 * what backups receive and what the ledger keeps: {@code chain = SHA-256(base ‖ body)}.
 *
 * @param header which change of which shard, and the state of the shard after it
 * @param orders every order that it touched, as it is after it
 * @param refunds payments that it decided to return
 * @param adjustments operators' adjustments that it carried out
 * @param base the hash of the change before it
 * @param chain its own hash
 * @param body its canonical form; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by chain, below: the hash covers the body
public record ShardChange(
    Header header,
    List<Order> orders,
    List<Refund> refunds,
    List<Adjustment> adjustments,
    ChainHash base,
    ChainHash chain,
    byte[] body) {

  /**
   * The state of the shard after the change, apart from its orders.
   *
   * @param key which shard
   * @param epoch how often the shard had been loaded from the database
   * @param seq the number of the change, 1 for a shard's first
   * @param at when it was decided, milliseconds since 1970 by the owner's clock; not before the
   *     change before it, unless this one reopens the sale
   * @param counts where the units are
   * @param frozen whether selling is stopped
   * @param closed whether an operator ended selling
   */
  public record Header(
      StockKey key,
      int epoch,
      long seq,
      long at,
      ShardCounts counts,
      boolean frozen,
      boolean closed) {

    /** The same under another loading. */
    public Header withEpoch(int other) {
      return new Header(key, other, seq, at, counts, frozen, closed);
    }
  }

  /** A change that follows {@code base}, with its canonical form and hash made here. */
  static ShardChange following(
      ChainHash base,
      Header header,
      List<Order> orders,
      List<Refund> refunds,
      List<Adjustment> adjustments) {
    byte[] body = ChangeCodec.encode(header, orders, refunds, adjustments);
    return new ShardChange(header, orders, refunds, adjustments, base, base.next(body), body);
  }

  /** Which shard. */
  public StockKey key() {
    return header.key();
  }

  /** The number of the change. */
  public long seq() {
    return header.seq();
  }

  /** Whether the hash is what base and body give. */
  public boolean isGenuine() {
    return base.next(body).equals(chain);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardChange change && chain.equals(change.chain);
  }

  @Override
  public int hashCode() {
    return chain.hashCode();
  }

  @Override
  public String toString() {
    return key() + " #" + seq() + " " + chain;
  }
}
