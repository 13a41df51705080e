package dev.stampede.order;

/** What has become of an order. */
public enum OrderState {
  /** Its units are set aside until its deadline. */
  HELD(1),
  /** It takes no units before it is paid (reduction at payment). */
  AWAITING_PAYMENT(2),
  /** Its units are sold, its payment is still to come (reduction at order). */
  PLACED(3),
  /** Sold and paid. */
  PAID(4),
  /** Given up by its buyer. */
  CANCELLED(5),
  /** Not paid in time. */
  EXPIRED(6);

  private final int code;

  OrderState(int code) {
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
  public static OrderState ofCode(int code) {
    for (OrderState each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    throw new IllegalArgumentException("no OrderState has the code " + code);
  }

  /** Whether its units count as held. */
  public boolean holdsUnits() {
    return this == HELD;
  }

  /** Whether its units count as sold. */
  public boolean sellsUnits() {
    return this == PLACED || this == PAID;
  }

  /** Whether it counts towards the limit of its buyer. */
  public boolean isLive() {
    return this != CANCELLED && this != EXPIRED;
  }

  /** Whether its payment is still to come. */
  public boolean isOpen() {
    return this == HELD || this == AWAITING_PAYMENT || this == PLACED;
  }

  /** Whether it ends by itself when its deadline passes. */
  public boolean hasDeadline() {
    return this == HELD || this == AWAITING_PAYMENT;
  }
}
