package dev.stampede.grid;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The time of the majority of clocks, and whether this node's own clock agrees with it.
 *
 * <p>A measurement compares clocks: this node's, the other members', the database's. Their median
 * is the cluster's time. Between two measurements the monotonic clock carries it on, so a wall
 * clock that jumps is noticed by the next question, without a measurement. A machine that was
 * suspended looks the same, because its monotonic clock stood still: the next measurement clears
 * it.
 *
 * <p>Pure: every time is a parameter. Wall times are milliseconds since 1970. Monotonic times are
 * nanoseconds of one process, as {@link System#nanoTime}. Threads: one measures, any asks.
 */
final class ClusterTime {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long boundMillis;
  private volatile State state;

  /**
   * One clock, as this node read it.
   *
   * @param clock whose, for people
   * @param base its wall time less this node's monotonic time, in milliseconds
   */
  record Reading(String clock, long base) {

    /**
     * A clock that was read by a question and an answer: half of the round trip has passed since it
     * was read.
     *
     * @param wallMillis what it said
     * @param askedNanos when this node asked, by its monotonic clock
     * @param answeredNanos when it had the answer
     */
    static Reading of(String clock, long wallMillis, long askedNanos, long answeredNanos) {
      long middle = askedNanos + (answeredNanos - askedNanos) / 2;
      return new Reading(clock, baseOf(wallMillis, middle));
    }
  }

  /** The newest measurement: the cluster's time less the monotonic time, and who was asked. */
  private record State(long base, boolean hasMajority, List<Reading> others) {}

  /**
   * The time of this node alone, which is trusted until a measurement says otherwise.
   *
   * @param bound how far this node's clock may be off
   */
  ClusterTime(Duration bound, long wallMillis, long nanos) {
    this.boundMillis = bound.toMillis();
    this.state = new State(baseOf(wallMillis, nanos), true, List.of());
  }

  /**
   * Takes a measurement. Without any other clock there is nothing to measure against: then the
   * monotonic clock goes on carrying what was measured before.
   *
   * @param others the other members' clocks and the database's
   */
  void measured(List<Reading> others, long wallMillis, long nanos) {
    if (others.isEmpty()) {
      return;
    }
    long[] bases = new long[others.size() + 1];
    bases[0] = baseOf(wallMillis, nanos);
    for (int i = 0; i < others.size(); i++) {
      bases[i + 1] = others.get(i).base();
    }
    Arrays.sort(bases);
    long lower = bases[(bases.length - 1) / 2];
    long upper = bases[bases.length / 2];
    state =
        upper - lower <= boundMillis
            ? new State(lower + (upper - lower) / 2, true, List.copyOf(others))
            : new State(state.base(), false, List.copyOf(others));
  }

  /** Whether this node's clock may decide anything. Cheap: a batch of purchases asks. */
  boolean isTrusted(long wallMillis, long nanos) {
    State now = state;
    return now.hasMajority() && Math.abs(baseOf(wallMillis, nanos) - now.base()) <= boundMillis;
  }

  /** How far this node's clock is ahead of the cluster's time, in milliseconds; behind: below 0. */
  long aheadMillis(long wallMillis, long nanos) {
    return baseOf(wallMillis, nanos) - state.base();
  }

  /** Why this node's clock is not trusted, one clause for people; empty if it is. */
  Optional<String> fault(long wallMillis, long nanos) {
    State now = state;
    if (!now.hasMajority()) {
      return Optional.of(disagreement(now, wallMillis, nanos));
    }
    long ahead = baseOf(wallMillis, nanos) - now.base();
    return Math.abs(ahead) <= boundMillis
        ? Optional.empty()
        : Optional.of(
            "its clock (%s) is %s s %s the cluster's time (%s, by %s); at most %s s are allowed"
                .formatted(
                    Instant.ofEpochMilli(wallMillis),
                    seconds(Math.abs(ahead)),
                    ahead > 0 ? "ahead of" : "behind",
                    at(now.base(), nanos),
                    names(now.others()),
                    seconds(boundMillis)));
  }

  private String disagreement(State now, long wallMillis, long nanos) {
    String others =
        now.others().stream()
            .map(reading -> reading.clock() + " " + at(reading.base(), nanos))
            .collect(Collectors.joining(", "));
    return "no majority of clocks agrees within %s s: this node %s, %s"
        .formatted(seconds(boundMillis), Instant.ofEpochMilli(wallMillis), others);
  }

  private static String names(List<Reading> others) {
    return others.isEmpty()
        ? "its own clock before"
        : others.stream().map(Reading::clock).collect(Collectors.joining(", "));
  }

  private static Instant at(long base, long nanos) {
    return Instant.ofEpochMilli(base + Math.floorDiv(nanos, NANOS_PER_MILLI));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  private static long baseOf(long wallMillis, long nanos) {
    return wallMillis - Math.floorDiv(nanos, NANOS_PER_MILLI);
  }
}
