package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.grid.ClusterTime.Reading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterTimeTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Duration BOUND = Duration.ofSeconds(2);

  /** Monotonic clocks may start anywhere, below zero too. */
  private static final long NANOS = -5_000_000_000L;

  private final ClusterTime time = new ClusterTime(BOUND, NOW, NANOS);

  private static Reading reading(String clock, long wallMillis) {
    return Reading.of(clock, wallMillis, NANOS, NANOS);
  }

  private void measure(long wallMillis, Reading... others) {
    time.measured(List.of(others), wallMillis, NANOS);
  }

  private static long later(long millis) {
    return NANOS + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void isTrusted_whenTheOthersAgree_holds() {
    measure(NOW, reading("b", NOW + 1_900), reading("database", NOW + 5));

    assertThat(time.isTrusted(NOW, NANOS)).isTrue();
    assertThat(time.fault(NOW, NANOS)).isEmpty();
    assertThat(time.aheadMillis(NOW, NANOS)).isEqualTo(-5);
  }

  @Test
  void isTrusted_whenThisNodeIsADayAhead_failsAndSaysSo() {
    measure(NOW + DAY, reading("b", NOW), reading("c", NOW), reading("the database", NOW));

    assertThat(time.isTrusted(NOW + DAY, NANOS)).isFalse();
    assertThat(time.aheadMillis(NOW + DAY, NANOS)).isEqualTo(DAY);
    assertThat(time.fault(NOW + DAY, NANOS))
        .hasValue(
            "its clock (2027-01-16T08:00:00Z) is 86400.0 s ahead of the cluster's time"
                + " (2027-01-15T08:00:00Z, by b, c, the database); at most 2.0 s are allowed");
  }

  @Test
  void isTrusted_whenOneOfTheOthersIsADayOff_holds() {
    measure(NOW, reading("b", NOW + DAY), reading("c", NOW), reading("the database", NOW));
    assertThat(time.isTrusted(NOW, NANOS)).isTrue();

    measure(NOW, reading("b", NOW), reading("c", NOW), reading("the database", NOW - DAY));
    assertThat(time.isTrusted(NOW, NANOS)).isTrue();
  }

  @Test
  void isTrusted_whenNoMajorityAgrees_failsAndNamesAllClocks() {
    measure(NOW, reading("the database", NOW - DAY));

    assertThat(time.isTrusted(NOW, NANOS)).isFalse();
    assertThat(time.fault(NOW, NANOS))
        .hasValue(
            "no majority of clocks agrees within 2.0 s: this node 2027-01-15T08:00:00Z,"
                + " the database 2027-01-14T08:00:00Z");
    measure(NOW, reading("the database", NOW));
    assertThat(time.isTrusted(NOW, NANOS)).isTrue();
  }

  @Test
  void isTrusted_whenTheWallClockJumps_failsWithoutAMeasurement() {
    measure(NOW, reading("b", NOW), reading("the database", NOW));

    assertThat(time.isTrusted(NOW + 1_000, later(1_000))).isTrue();
    assertThat(time.isTrusted(NOW + 1_000 + DAY, later(1_000))).isFalse();
    assertThat(time.isTrusted(NOW + 1_000 - DAY, later(1_000))).isFalse();
    assertThat(time.isTrusted(NOW + 2_000, later(2_000))).as("set back").isTrue();
  }

  @Test
  void isTrusted_whenAMeasurementAndAJumpAddUp_neverPassesTheBound() {
    measure(NOW + 1_500, reading("b", NOW), reading("the database", NOW));

    assertThat(time.isTrusted(NOW + 1_500, NANOS)).isTrue();
    assertThat(time.isTrusted(NOW + 2_001, NANOS)).isFalse();
  }

  @Test
  void isTrusted_whenTheMachineWasSuspended_holdsAgainAfterAMeasurement() {
    measure(NOW, reading("b", NOW));
    long resumed = NOW + Duration.ofHours(1).toMillis();

    assertThat(time.isTrusted(resumed, NANOS)).as("the monotonic clock stood still").isFalse();
    measure(resumed, reading("b", resumed));
    assertThat(time.isTrusted(resumed, NANOS)).isTrue();
  }

  @Test
  void measured_whenNobodyAnswers_carriesTheTimeOn() {
    measure(NOW, reading("b", NOW));

    measure(NOW + DAY);

    assertThat(time.isTrusted(NOW + DAY, NANOS)).isFalse();
    assertThat(time.isTrusted(NOW + 60_000, later(60_000))).isTrue();
  }

  @Test
  void isTrusted_whileALeapSecondIsSmearedBySome_holds() {
    for (int off = 0; off <= 1_000; off += 100) {
      measure(NOW, reading("smeared", NOW + off), reading("the database", NOW + 1_000));
      assertThat(time.isTrusted(NOW, NANOS)).isTrue();
    }
  }

  @Test
  void of_whenTheAnswerTakesTime_halvesTheRoundTrip() {
    Reading slow = Reading.of("b", NOW, NANOS, later(800));

    measure(NOW, Stream.of(slow, slow).toArray(Reading[]::new));

    assertThat(time.aheadMillis(NOW, NANOS)).isEqualTo(400);
  }
}
