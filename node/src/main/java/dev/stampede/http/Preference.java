package dev.stampede.http;

import java.time.Duration;

/** Reads the header {@code Prefer} (RFC 7240). What is not understood there is passed over. */
final class Preference {

  /** However long a client is ready to wait. */
  static final Duration MOST = Duration.ofSeconds(10);

  private static final String WAIT = "wait";

  private Preference() {}

  /**
   * How long to wait: {@code wait=n} in seconds, at most ten, {@code wait} ten; otherwise 0. Of
   * several the first counts.
   *
   * @param header all its lines, joined by commas
   */
  static Duration waitIn(String header) {
    for (String preference : HeaderList.split(header, ',')) {
      String token = HeaderList.split(preference, ';').stream().findFirst().orElse("");
      int equals = token.indexOf('=');
      String name = equals < 0 ? token : token.substring(0, equals).strip();
      if (name.equalsIgnoreCase(WAIT)) {
        return seconds(equals < 0 ? "" : unquoted(token.substring(equals + 1).strip()));
      }
    }
    return Duration.ZERO;
  }

  /** A value that is empty means the same as none. */
  private static Duration seconds(String value) {
    if (value.isEmpty()) {
      return MOST;
    }
    if (!value.matches("[0-9]{1,9}")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.min(MOST.toSeconds(), Long.parseLong(value)));
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
