package dev.stampede.stock;

import dev.stampede.order.Order;
import java.time.Instant;

/** The answer to one command: a value, never an exception. */
public sealed interface Outcome {

  /** A step of an order that can be waited for until it is in the database. */
  sealed interface Step extends Outcome {

    /** Whether it is known to be there. */
    boolean durable();

    /** The same, durable. */
    Step stored();
  }

  /** The order is taken; {@code replayed} where it had been before. */
  record Reserved(Order order, boolean replayed, boolean durable) implements Step {
    @Override
    public Reserved stored() {
      return new Reserved(order, replayed, true);
    }
  }

  /** What a payment comes to. Money is involved, so it is told only once it is durable. */
  sealed interface OfPayment extends Step {}

  /** The order is paid in time; {@code replayed} where it had been, by the same payment. */
  record Paid(Order order, boolean replayed, boolean durable) implements OfPayment {
    @Override
    public Paid stored() {
      return new Paid(order, replayed, true);
    }
  }

  /** The order had ended, but units were left: it is paid after all. */
  record LateHonoured(Order order, boolean durable) implements OfPayment {
    @Override
    public LateHonoured stored() {
      return new LateHonoured(order, true);
    }
  }

  /** The payment cannot be honoured and goes back. */
  record RefundDue(Order order, Refund.Reason reason, boolean replayed, boolean durable)
      implements OfPayment {
    @Override
    public RefundDue stored() {
      return new RefundDue(order, reason, replayed, true);
    }
  }

  /** The order is given up; {@code replayed} where it had been before. */
  record Cancelled(Order order, boolean replayed, boolean durable) implements Outcome {}

  /** The order is paid or has ended: it stays as it is. */
  record NotCancellable(Order order) implements Outcome {}

  /** One order as it stands; {@code durable} once its newest step is in the database. */
  record Found(Order order, boolean durable) implements Outcome {}

  /** Fewer units are available than asked for. */
  record SoldOut(long available) implements Outcome {}

  /** The buyer would have more than the limit; has {@code taken} already. */
  record LimitReached(int limit, int taken) implements Outcome {}

  /** The buyer has to pay or give up one of {@code open} orders first; may have {@code limit}. */
  record TooManyOpen(int limit, int open) implements Outcome {}

  /**
   * The buyer has placed {@code placed} orders of this sale, ended ones included, of {@code limit}.
   */
  record TooManyOrders(int limit, int placed) implements Outcome {}

  /** Before the sale's window. */
  record NotOpen(Instant opensAt) implements Outcome {}

  /** After the sale's window, or closed. */
  record Closed() implements Outcome {}

  /** Stopped by an operator. */
  record Frozen() implements Outcome {}

  /** The same key named another request before. */
  record KeyReused() implements Outcome {}

  /** No such order, or not this buyer's. */
  record UnknownOrder() implements Outcome {}

  /** So many orders ended, and whether more are due. */
  record Expired(int orders, boolean more) implements Outcome {}

  /** An adjustment or a switch took effect, perhaps earlier; how the shard stands now. */
  record Reported(ShardReport report) implements Outcome {}

  /** Fewer units are available than should be withdrawn. */
  record NotEnough(long available) implements Outcome {}

  /** The public picture. */
  record Viewed(StockView view) implements Outcome {}

  /** The shard was not asked, or could not answer: nothing is promised. */
  record Unanswered(Why why) implements Outcome {}

  /** Why there is no answer. */
  enum Why {
    /** Too many requests wait for this shard. Nothing was done. */
    LANE_FULL,
    /** The grid cannot work at the moment. Nothing was done. */
    UNAVAILABLE,
    /** Too much waits to be written to the database. Nothing was done. */
    BACKLOG_FULL,
    /** The command may or may not have been carried out; repeating it tells. */
    UNKNOWN,
    /** There is no such shard. Nothing was done. */
    NO_SUCH_SHARD,
    /** This node is leaving. Nothing was done. */
    DRAINING
  }
}
