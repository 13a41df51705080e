package dev.stampede.order;

import dev.stampede.sale.UnicodeText;

/**
 * Who buys: the subject of the buyer's token, as the identity provider made it. Two buyers are the
 * same only if their ids are, character by character: nothing is folded, trimmed or normalized.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, none of them a control character
 */
public record BuyerId(String value) {

  /** The longest id, in characters (code points): OpenID Connect allows no more for a subject. */
  public static final int MAX_LENGTH = 255;

  private static final String RULE =
      "a buyer id has 1 to " + MAX_LENGTH + " characters and no control characters; this one ";

  /**
   * A buyer id from outside.
   *
   * @throws IllegalArgumentException if it is empty, too long, or has a control character, a line
   *     separator or an unpaired surrogate; the message says which
   */
  public static BuyerId of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(RULE + "is empty");
    }
    if (text.length() > MAX_LENGTH && UnicodeText.length(text) > MAX_LENGTH) {
      throw new IllegalArgumentException(RULE + "has " + UnicodeText.length(text));
    }
    if (!isPlain(text)) {
      checkEach(text);
    }
    return new BuyerId(text);
  }

  /** Visible ASCII and blanks, as nearly all are: every purchase asks. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void checkEach(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        throw new IllegalArgumentException(
            RULE + "has U+%04X at position %d".formatted((int) c, i + 1));
      }
    }
    if (!UnicodeText.isWellFormed(text)) {
      throw new IllegalArgumentException(RULE + "has an unpaired surrogate");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
