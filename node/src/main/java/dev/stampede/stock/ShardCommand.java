package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Money;
import java.util.Optional;

/**
 * A request to a shard. Each may be repeated any number of times: the second time changes nothing
 * and gets the same answer.
 */
public sealed interface ShardCommand {

  /**
   * Takes an order.
   *
   * @param order its key, which follows from buyer and Idempotency-Key
   * @param buyer who buys
   * @param quantity the units asked for, 1 or more
   */
  record Reserve(OrderKey order, BuyerId buyer, int quantity) implements ShardCommand {}

  /**
   * Says that a payment for an order has succeeded.
   *
   * @param order which order
   * @param payment which payment; the same one may be reported again
   * @param claim what was paid for; empty where the payer did not say
   * @param amount how much was paid; empty where the payer did not say
   */
  record Pay(OrderKey order, PaymentId payment, Optional<Claim> claim, Optional<Money> amount)
      implements ShardCommand {

    /** A payment of which the amount is not known. */
    public Pay(OrderKey order, PaymentId payment, Optional<Claim> claim) {
      this(order, payment, claim, Optional.empty());
    }

    /** A payment of which nothing more is known. */
    public Pay(OrderKey order, PaymentId payment) {
      this(order, payment, Optional.empty());
    }
  }

  /**
   * What somebody paid for. It tells a payment for another order, and stands in for an order that
   * went with more nodes than there were backups.
   *
   * @param buyer whose order
   * @param quantity of how many units, 1 or more
   */
  record Claim(BuyerId buyer, int quantity) {

    boolean fits(Order order) {
      return order.buyer().equals(buyer) && order.quantity() == quantity;
    }
  }

  /**
   * Gives an unpaid order up.
   *
   * @param order which order
   * @param buyer who asks; must be its buyer
   */
  record Cancel(OrderKey order, BuyerId buyer) implements ShardCommand {}

  /**
   * Ends an unpaid order, whoever its buyer is: its units are sold again.
   *
   * @param order which order
   */
  record EndOrder(OrderKey order) implements ShardCommand {}

  /**
   * Ends orders whose deadline has passed, oldest first.
   *
   * @param most how many at most, 1 or more, so that a batch stays short
   */
  record Expire(int most) implements ShardCommand {}

  /** A command of an operator. It precedes the commands of buyers that wait already. */
  sealed interface OfOperator extends ShardCommand {}

  /**
   * Issues more units.
   *
   * @param id tells this adjustment from every other of the sale
   * @param quantity how many, 1 or more
   */
  record Restock(String id, long quantity) implements OfOperator {}

  /**
   * Takes available units off the sale.
   *
   * @param id tells this adjustment from every other of the sale
   * @param quantity how many, 1 or more
   */
  record Withdraw(String id, long quantity) implements OfOperator {}

  /**
   * Stops or resumes selling.
   *
   * @param frozen whether to stop
   */
  record Freeze(boolean frozen) implements OfOperator {}

  /** Ends the sale, until it is reopened. */
  record Close() implements OfOperator {}

  /**
   * Takes a closing back, by an operator or by a clock that was ahead: the shard's time becomes the
   * owner's again, and the sale sells until its own end. Changes nothing of a sale that is neither
   * closed nor ahead.
   *
   * @param id tells this reopening from every other adjustment of the sale
   */
  record Reopen(String id) implements OfOperator {}

  /**
   * Asks for one order.
   *
   * @param order which
   */
  record Find(OrderKey order) implements ShardCommand {}

  /** Asks for the small public picture. */
  record View() implements ShardCommand {}

  /** Asks for all counts, and looks at every buyer's total. */
  record Report() implements ShardCommand {}
}
