package dev.stampede.order;

/**
 * One order as its shard keeps it. Immutable: each step of its life is a new record.
 *
 * @param key which order of its shard
 * @param buyer whose it is
 * @param quantity its units, 1 or more
 * @param state where it stands
 * @param createdAt when it was taken, milliseconds since 1970 by the owner's clock
 * @param heldUntil when it ends unless paid, in milliseconds since 1970; 0 where it never does
 * @param payment the payment that was honoured, or {@link PaymentId#NONE}
 * @param seq the number of the shard's change that last touched it
 */
public record Order(
    OrderKey key,
    BuyerId buyer,
    int quantity,
    OrderState state,
    long createdAt,
    long heldUntil,
    PaymentId payment,
    long seq) {

  /** The same order in another state, by change {@code seq}. */
  public Order in(OrderState next, long seq) {
    return new Order(key, buyer, quantity, next, createdAt, heldUntil, payment, seq);
  }

  /** The same order with another deadline, by change {@code seq}. */
  public Order heldUntil(long deadline, long seq) {
    return new Order(key, buyer, quantity, state, createdAt, deadline, payment, seq);
  }

  /** The same order, paid by {@code payment}, by change {@code seq}. */
  public Order paidBy(PaymentId payment, long seq) {
    return new Order(key, buyer, quantity, OrderState.PAID, createdAt, heldUntil, payment, seq);
  }
}
