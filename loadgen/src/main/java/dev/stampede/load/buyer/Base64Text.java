package dev.stampede.load.buyer;

import java.util.Base64;

/**
 * Reads base64 with padding, as secrets have it: one text for each sequence of bytes, as nodes read
 * it.
 */
public final class Base64Text {
  private Base64Text() {}

  /**
   * The bytes that a text means.
   *
   * @throws IllegalArgumentException if it is not the one text that means them; the message does
   *     not show it
   */
  public static byte[] decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // The decoder's message quotes a part of the secret.
    }
    throw new IllegalArgumentException("not base64 with padding");
  }
}
