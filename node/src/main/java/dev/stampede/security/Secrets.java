package dev.stampede.security;

import java.util.Base64;

/** Reads secrets from their text form, and never repeats it in a message. */
final class Secrets {

  /** The least that HMAC-SHA256 deserves, in bytes. */
  static final int MIN_BYTES = 32;

  private Secrets() {}

  /**
   * The bytes of a secret.
   *
   * @param name what messages call it
   * @throws IllegalArgumentException where it is not base64 of {@value #MIN_BYTES} bytes or more
   */
  static byte[] decode(String name, String base64) {
    return decode(name, base64, MIN_BYTES, Integer.MAX_VALUE);
  }

  /** The same, of {@code least} to {@code most} bytes. */
  static byte[] decode(String name, String base64, int least, int most) {
    byte[] bytes = bytes(name, base64);
    if (bytes.length < least || bytes.length > most) {
      throw new IllegalArgumentException(
          "the secret "
              + name
              + " must have "
              + least
              + (most == Integer.MAX_VALUE ? " bytes or more" : " to " + most + " bytes"));
    }
    return bytes;
  }

  /** Refuses what the decoder passes over: missing padding, and spare bits that are not zero. */
  private static byte[] bytes(String name, String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // The decoder's message quotes the secret.
    }
    throw new IllegalArgumentException("the secret " + name + " is not base64");
  }
}
