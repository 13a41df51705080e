package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.SalePhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shard as it would be after the commands decided so far: the shard itself, which stays as it is,
 * under an overlay of new orders and counts.
 *
 * <p>Every step of an order goes through {@link #enter} and {@link #put}, which move its units
 * between the counts and its buyer's total, so no rule can forget one.
 */
final class ShardDraft {

  private final StockShard shard;
  private final long now;
  private final long seq;
  private final Map<OrderKey, Order> orders = new LinkedHashMap<>();
  private final Map<BuyerId, BuyerTotal> totals = new HashMap<>();
  private final List<Refund> refunds = new ArrayList<>();
  private final Map<String, Adjustment> adjustments = new LinkedHashMap<>();
  private ShardCounts counts;
  private boolean frozen;
  private boolean closed;

  ShardDraft(StockShard shard, long now) {
    this.shard = shard;
    this.now = now;
    this.seq = shard.head().seq() + 1;
    this.counts = shard.head().counts();
    this.frozen = shard.head().frozen();
    this.closed = shard.head().closed();
  }

  /** The change that makes it so, or empty where nothing would change. */
  Optional<ShardChange> change() {
    if (!isChanged()) {
      return Optional.empty();
    }
    return Optional.of(
        ShardChange.following(
            shard.chain(),
            head(),
            List.copyOf(orders.values()),
            List.copyOf(refunds),
            List.copyOf(adjustments.values())));
  }

  private boolean isChanged() {
    return !orders.isEmpty()
        || !refunds.isEmpty()
        || !adjustments.isEmpty()
        || frozen != shard.head().frozen()
        || closed != shard.head().closed();
  }

  long now() {
    return now;
  }

  /** The number that the change will have. */
  long seq() {
    return seq;
  }

  ShardCounts counts() {
    return counts;
  }

  @Nullable Order order(OrderKey key) {
    Order order = orders.get(key);
    return order != null ? order : shard.order(key);
  }

  BuyerTotal total(BuyerId buyer) {
    BuyerTotal total = totals.get(buyer);
    return total != null ? total : shard.total(buyer);
  }

  Optional<Refund> refund(OrderKey order, PaymentId payment) {
    for (Refund refund : refunds) {
      if (refund.order().equals(order) && refund.payment().equals(payment)) {
        return Optional.of(refund);
      }
    }
    return shard.refund(order, payment);
  }

  Optional<Adjustment> adjustment(String id) {
    return Optional.ofNullable(adjustments.get(id)).or(() -> shard.adjustment(id));
  }

  /** Enters a new order of a buyer who has so much already. */
  Order enter(Order order, BuyerTotal has) {
    counts = counts.with(order);
    totals.put(order.buyer(), has.plus(BuyerTotal.of(order)));
    orders.put(order.key(), order);
    return order;
  }

  /** Enters the next state of an order. */
  Order put(Order order) {
    Order before = Objects.requireNonNull(order(order.key()), "only orders that were taken go on");
    BuyerTotal total = total(order.buyer());
    counts = counts.without(before).with(order);
    totals.put(order.buyer(), total.after(BuyerTotal.of(before), BuyerTotal.of(order)));
    orders.put(order.key(), order);
    return order;
  }

  void refund(Refund refund) {
    refunds.add(refund);
  }

  void adjust(Adjustment adjustment) {
    counts = counts.with(adjustment);
    adjustments.put(adjustment.id(), adjustment);
  }

  void freeze(boolean freeze) {
    frozen = freeze;
  }

  void close() {
    closed = true;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** Whether an operator has ended the sale. */
  boolean isClosed() {
    return closed;
  }

  /** Whether the newest step of an order is in the database. */
  boolean isDurable(Order order) {
    return order.seq() <= shard.unstored().storedSeq();
  }

  SalePhase phase() {
    return shard.terms().phase(frozen, closed, now);
  }

  /** How the shard stands with what was decided so far. */
  ShardReport report() {
    return shard.report(isChanged() ? head() : shard.head(), phase());
  }

  private ShardChange.Header head() {
    ShardChange.Header before = shard.head();
    return new ShardChange.Header(before.key(), before.epoch(), seq, now, counts, frozen, closed);
  }
}
