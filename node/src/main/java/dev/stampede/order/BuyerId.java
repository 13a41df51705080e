package dev.stampede.order;

/**
 * Who buys: the subject of the buyer's token.
 *
 * @param value 1 to 64 letters, digits and {@code . _ : @ -}
 */
public record BuyerId(String value) {

  private static final int MAX_LENGTH = 64;

  /**
   * A buyer id from outside.
   *
   * @throws IllegalArgumentException where the text has another shape
   */
  public static BuyerId of(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isPlain(text)) {
      throw new IllegalArgumentException("a buyer id has 1 to 64 of A-Z a-z 0-9 . _ : @ -");
    }
    return new BuyerId(text);
  }

  /** Not by a regular expression: every purchase asks. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && "._:@-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
