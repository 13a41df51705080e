package dev.stampede.load.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a good client waits before it tries again: what the server asked for, else twice as long
 * each time; capped and jittered, so that those refused together do not come back together.
 */
public final class RetryPolicy {
  private static final long FIRST = Duration.ofMillis(50).toNanos();
  private static final long LONGEST = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_ASKED = Duration.ofSeconds(5).toNanos();
  private static final int MAX_DOUBLINGS = 6;

  private RetryPolicy() {}

  /**
   * How long to wait.
   *
   * @param attempt how many attempts have failed, from 1
   * @param retryAfter the header of that name, in seconds; anything else is as good as none
   * @param random from 0 to 1
   * @return nanoseconds
   */
  public static long pauseNanos(int attempt, @Nullable String retryAfter, double random) {
    long asked = askedNanos(retryAfter);
    if (asked > 0) {
      return (long) (Math.min(asked, LONGEST_ASKED) * (1 + random / 4));
    }
    long doubled = FIRST << Math.min(attempt - 1, MAX_DOUBLINGS);
    return (long) (Math.min(doubled, LONGEST) * (0.5 + random / 2));
  }

  private static long askedNanos(@Nullable String retryAfter) {
    if (retryAfter == null || !retryAfter.strip().matches("\\d{1,9}")) {
      return 0;
    }
    return Duration.ofSeconds(Integer.parseInt(retryAfter.strip())).toNanos();
  }
}
