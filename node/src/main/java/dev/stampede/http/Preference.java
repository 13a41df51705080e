package dev.stampede.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Prefer} (RFC 7240). What is not understood there is passed over. */
final class Preference {

  /** However long a client is ready to wait. */
  static final Duration MOST = Duration.ofSeconds(10);

  private static final Pattern WAIT =
      Pattern.compile("(?i)(?:^|,)\\s*wait\\s*(?:=\\s*\"?([0-9]{1,9})\"?\\s*)?(?:$|[,;])");

  private Preference() {}

  /** How long to wait: {@code wait=n} in seconds, at most ten, {@code wait} ten; otherwise 0. */
  static Duration waitIn(String header) {
    Matcher matcher = WAIT.matcher(header);
    if (!matcher.find()) {
      return Duration.ZERO;
    }
    String seconds = matcher.group(1);
    return seconds == null
        ? MOST
        : Duration.ofSeconds(Math.min(MOST.toSeconds(), Long.parseLong(seconds)));
  }
}
