package dev.stampede.http;

import org.jspecify.annotations.Nullable;

/** Reads the header {@code Idempotency-Key}: a quoted string or a bare one, which mean the same. */
final class IdempotencyKeys {

  /** The longest key, in characters. */
  static final int MAX_LENGTH = 255;

  private IdempotencyKeys() {}

  /** The key that a header holds; refuses a missing and an invalid one. */
  static String parse(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      throw new Refused(ProblemType.IDEMPOTENCY_KEY_MISSING);
    }
    String key = header.charAt(0) == '"' ? unquoted(header) : header;
    if (key.isEmpty() || key.length() > MAX_LENGTH || !isVisible(key)) {
      throw new Refused(ProblemType.IDEMPOTENCY_KEY_INVALID);
    }
    return key;
  }

  private static String unquoted(String header) {
    int end = header.length() - 1;
    StringBuilder key = new StringBuilder(header.length());
    for (int i = 1; i < end; i++) {
      char c = header.charAt(i);
      if (c == '"') {
        throw new Refused(ProblemType.IDEMPOTENCY_KEY_INVALID);
      }
      if (c == '\\') {
        i++;
        c = header.charAt(i);
        if (i == end || (c != '"' && c != '\\')) {
          throw new Refused(ProblemType.IDEMPOTENCY_KEY_INVALID);
        }
      }
      key.append(c);
    }
    if (end < 1 || header.charAt(end) != '"') {
      throw new Refused(ProblemType.IDEMPOTENCY_KEY_INVALID);
    }
    return key.toString();
  }

  private static boolean isVisible(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
