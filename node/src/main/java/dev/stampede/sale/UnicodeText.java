package dev.stampede.sale;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What counts as a text, and how long it is, for all that comes from outside. */
public final class UnicodeText {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private UnicodeText() {}

  /** Its length in characters (code points): one outside of the basic plane counts once. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Whether each surrogate has its other half. A text where one lacks has no UTF-8 form: it would
   * be stored and sent as another text.
   */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether all bytes are ASCII, and none is zero: then any encoding on hand reads the same. */
  public static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each <= 0) {
        return false;
      }
    }
    return true;
  }

  /** The text that the bytes are in UTF-8; empty if they are none, or start with a mark. */
  public static Optional<String> ofUtf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** The first characters of a text, at most so many; no pair of surrogates is cut in half. */
  public static String first(String text, int most) {
    return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
