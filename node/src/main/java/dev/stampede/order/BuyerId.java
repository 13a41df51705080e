package dev.stampede.order;

import java.util.regex.Pattern;

/**
 * Who buys: the subject of the buyer's token.
 *
 * @param value 1 to 64 letters, digits and {@code . _ : @ -}
 */
public record BuyerId(String value) {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

  /**
   * A buyer id from outside.
   *
   * @throws IllegalArgumentException where the text has another shape
   */
  public static BuyerId of(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("a buyer id has 1 to 64 of A-Z a-z 0-9 . _ : @ -");
    }
    return new BuyerId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
