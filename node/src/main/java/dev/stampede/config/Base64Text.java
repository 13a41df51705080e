package dev.stampede.config;

import java.util.Base64;
import java.util.Optional;

/**
 * Reads base64 (RFC 4648, section 4) with padding, as secrets have it. It takes exactly one text
 * for each sequence of bytes: the decoder alone passes over missing padding and spare bits, so that
 * a mistyped secret may work here and not with others.
 */
public final class Base64Text {

  private Base64Text() {}

  /** The bytes that a text means; empty if it is not the one text that means them. */
  public static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
