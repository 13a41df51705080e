package dev.stampede.load.record;

import java.util.Arrays;

/** An order's state as the server names it. */
public enum OrderState {
  HELD,
  AWAITING_PAYMENT,
  PLACED,
  PAID,
  CANCELLED,
  EXPIRED,
  /** A state this tool does not know; equal to none that an order should be in. */
  UNRECOGNISED;

  public static OrderState of(String name) {
    return Arrays.stream(values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElse(UNRECOGNISED);
  }

  /** Whether the order's units are gone from the stock for good. */
  public boolean isSold() {
    return this == PAID || this == PLACED;
  }

  /** Whether the order counts towards its buyer's limit. */
  public boolean isLive() {
    return isSold() || this == HELD || this == AWAITING_PAYMENT;
  }
}
