package dev.stampede.load.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  @Test
  void pause_afterEachFailure_doublesUpToACap() {
    assertThat(pause(1, null, 1)).isEqualTo(Duration.ofMillis(50));
    assertThat(pause(2, null, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(pause(50, null, 1)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void pause_always_isJittered() {
    assertThat(pause(1, null, 0)).isEqualTo(Duration.ofMillis(25));
    assertThat(pause(1, "1", 1)).isEqualTo(Duration.ofMillis(1250));
  }

  @Test
  void pause_whenTheServerAsksForOne_isNotShorter() {
    assertThat(pause(1, "2", 0)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void pause_whenTheServerAsksForTooLong_isCapped() {
    assertThat(pause(1, "3600", 0)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void pause_whenTheServerAsksForNonsense_isOurs() {
    assertThat(pause(1, "Wed, 21 Oct 2015 07:28:00 GMT", 1)).isEqualTo(Duration.ofMillis(50));
  }

  private static Duration pause(int attempt, @Nullable String retryAfter, double random) {
    return Duration.ofNanos(RetryPolicy.pauseNanos(attempt, retryAfter, random));
  }
}
