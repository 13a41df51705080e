package dev.stampede.load.record;

/** How a read, a purchase, a payment or a cancellation ended, its retries included. */
public enum Outcome {
  READ("read", "sale or stock read"),
  RESERVED("reserved", "order taken"),
  REPLAYED("replayed", "same key again, same order"),
  PAID("paid", "order paid"),
  CANCELLED("cancelled", "order cancelled"),
  SOLD_OUT("soldOut", "refused: sold out"),
  LIMITED("limited", "refused: over the buyer's limit, or too many unpaid"),
  NOT_OPEN("notOpen", "refused: sale not open yet"),
  CLOSED("closed", "refused: sale closed"),
  REFUNDED("refunded", "payment came too late: refunded"),
  NOT_CANCELLABLE("notCancellable", "cancel refused: order already ended"),
  BUSY("busy", "gave up after 429s"),
  SHED("shed", "gave up after 503s"),
  TRANSPORT_ERROR("transportError", "gave up: never reached a server"),
  UNKNOWN("unknown", "sent, and the truth never learned"),
  UNEXPECTED("unexpected", "an answer that should not be");

  private final String label;
  private final String meaning;

  Outcome(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** The name in reports and thresholds. */
  public String label() {
    return label;
  }

  /** The same in words. */
  public String meaning() {
    return meaning;
  }
}
