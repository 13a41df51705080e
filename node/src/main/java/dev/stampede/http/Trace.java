package dev.stampede.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request belongs among all that happens because of one action (W3C Trace Context).
 *
 * @param id 32 lower-case hexadecimal digits, not all zero
 * @param flags 2 lower-case hexadecimal digits
 */
record Trace(String id, String flags) {

  private static final HexFormat HEX = HexFormat.of();
  private static final String ZERO = "0".repeat(32);
  private static final String UNSAMPLED = "00";

  // Later versions may append fields, version ff is none.
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?:00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})"
              + "|(?!ff|00)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)");

  /** The trace that a {@code traceparent} continues; a new one where it is missing or malformed. */
  static Trace continuing(@Nullable String traceparent) {
    if (traceparent == null) {
      return fresh();
    }
    Matcher matcher = TRACEPARENT.matcher(traceparent);
    if (!matcher.matches()) {
      return fresh();
    }
    int first = matcher.group(1) != null ? 1 : 4;
    String id = matcher.group(first);
    boolean zero = ZERO.equals(id) || ZERO.startsWith(matcher.group(first + 1));
    return zero ? fresh() : new Trace(id, matcher.group(first + 2));
  }

  private static Trace fresh() {
    return new Trace(digits() + digits(), UNSAMPLED);
  }

  /** What to pass on: this trace, with a step of our own. */
  String traceparent() {
    return "00-" + id + "-" + digits() + "-" + flags;
  }

  private static String digits() {
    long bits = ThreadLocalRandom.current().nextLong();
    return HEX.toHexDigits(bits == 0 ? 1 : bits);
  }
}
