package dev.stampede.sale;

import java.util.Optional;

/** Until when a payment may buy what is left, though its order has ended unpaid. */
public enum LatePayments {
  /** Until an operator closes the sale; the natural end of a sale makes no difference. */
  UNTIL_CLOSED("untilClosed"),
  /** Also after an operator has closed the sale. */
  ALWAYS("always");

  private final String word;

  LatePayments(String word) {
    this.word = word;
  }

  /** Its name in sale files and in the API. */
  public String word() {
    return word;
  }

  /** The one with this name, or empty where there is none. */
  public static Optional<LatePayments> ofWord(String word) {
    for (LatePayments each : values()) {
      if (each.word.equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
