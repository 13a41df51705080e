package dev.stampede.stock;

import dev.stampede.order.Order;
import dev.stampede.sale.SaleTerms;
import java.util.List;

/**
 * The whole state of a shard at one instant: what is read from the database, and what moves between
 * nodes.
 *
 * @param terms the rules of its sale
 * @param head the state after its newest change, apart from orders
 * @param provenEpoch the loading that put it to work; 0 where it was only read
 * @param chain the hash of its newest change
 * @param orders all its orders, in any order
 * @param refunds all payments that it decided to return
 * @param adjustments all adjustments that it carried out
 * @param unstored the changes that are not known to be in the database, oldest first
 * @param storedSeq the newest change that is known to be there
 */
public record ShardSnapshot(
    SaleTerms terms,
    ShardChange.Header head,
    int provenEpoch,
    ChainHash chain,
    List<Order> orders,
    List<Refund> refunds,
    List<Adjustment> adjustments,
    List<ShardChange> unstored,
    long storedSeq) {

  /** The same with these orders only. */
  public ShardSnapshot withOrders(List<Order> others) {
    return new ShardSnapshot(
        terms, head, provenEpoch, chain, others, refunds, adjustments, unstored, storedSeq);
  }
}
