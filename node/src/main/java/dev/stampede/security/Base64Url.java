package dev.stampede.security;

import java.util.Base64;
import java.util.Optional;

/**
 * Reads base64url (RFC 4648, section 5) without padding, as tokens have it. It takes exactly one
 * text for each sequence of bytes: other readers pass over characters, padding or spare bits, so
 * that many texts mean the same token.
 */
final class Base64Url {

  /** The last characters that leave no spare bit set, after a rest of one byte and of two. */
  private static final String ENDS_OF_ONE_BYTE = "AQgw";

  private static final String ENDS_OF_TWO_BYTES = "AEIMQUYcgkosw048";

  private Base64Url() {}

  /** The bytes that a text means; empty if it is not the one text that means them. */
  static Optional<byte[]> decode(String text) {
    int length = text.length();
    if (length > 0 && !isEnd(length % 4, text.charAt(length - 1))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Padding is refused here too: where the decoder would take it, it is the last character. */
  private static boolean isEnd(int rest, char last) {
    return switch (rest) {
      case 0 -> last != '=';
      case 2 -> ENDS_OF_ONE_BYTE.indexOf(last) >= 0;
      case 3 -> ENDS_OF_TWO_BYTES.indexOf(last) >= 0;
      default -> false;
    };
  }
}
