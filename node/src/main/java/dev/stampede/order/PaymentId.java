package dev.stampede.order;

import java.util.regex.Pattern;

/**
 * The payment provider's name for one payment.
 *
 * @param value 1 to 64 letters, digits and {@code . _ : -}; empty for {@link #NONE} only
 */
public record PaymentId(String value) {

  /** No payment yet. */
  public static final PaymentId NONE = new PaymentId("");

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /**
   * A payment id from outside.
   *
   * @throws IllegalArgumentException where the text has another shape
   */
  public static PaymentId of(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("a payment id has 1 to 64 of A-Z a-z 0-9 . _ : -");
    }
    return new PaymentId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
