package dev.stampede.stock;

import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;

/**
 * Money that has to go back: decided by the shard, carried out by whoever pays refunds.
 *
 * @param order the order it was paid for
 * @param payment the payment to return
 * @param reason why
 */
public record Refund(OrderKey order, PaymentId payment, Reason reason) {

  /** Why a payment is returned. */
  public enum Reason {
    /** The order had ended, or took no units before, and none are left. */
    SOLD_OUT(1),
    /** The order had ended, and its buyer has reached the limit with others. */
    LIMIT_REACHED(2),
    /** The order was paid already, by another payment. */
    PAID_ALREADY(3),
    /** The buyer had cancelled the order. */
    ORDER_CANCELLED(4),
    /** The order had ended, and the sale is frozen. */
    SALE_FROZEN(5),
    /** The payment was for another buyer or quantity than the order has. */
    OTHER_ORDER(6),
    /** The payment was of another amount or currency than the order costs. */
    AMOUNT_DIFFERS(7),
    /** The order had ended, and an operator has closed the sale. */
    SALE_CLOSED(8);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** Its number in the ledger: never reused, never changed. */
    public int code() {
      return code;
    }

    /**
     * The one with this number.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Reason ofCode(int code) {
      for (Reason each : values()) {
        if (each.code == code) {
          return each;
        }
      }
      throw new IllegalArgumentException("no Reason has the code " + code);
    }
  }
}
