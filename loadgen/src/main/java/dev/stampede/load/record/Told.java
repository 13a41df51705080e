package dev.stampede.load.record;

/** The last thing that a buyer was told about an acknowledged order. */
public enum Told {
  /** Taken; nothing asked since. */
  TAKEN,
  PAID,
  CANCELLED,
  /** The payment came too late and goes back: the order must not be paid. */
  REFUNDED,
  /** Cancelling was refused: the order had ended by itself. */
  CANCEL_REFUSED,
  /** A payment was sent and its answer is not known. */
  PAYMENT_UNKNOWN,
  /** A cancellation was sent and its answer is not known. */
  CANCEL_UNKNOWN
}
