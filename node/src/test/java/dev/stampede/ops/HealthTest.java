package dev.stampede.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.ops.Health.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthTest {
  @Test
  void ready_whenStartedWithAQuorum_holdsEvenWhileBackupsAreMade() {
    assertThat(new Health(true, false, 2, 2, false, Optional.empty()).ready()).isTrue();
  }

  @Test
  void status_whenNotReady_saysWhy() {
    assertThat(new Health(false, false, 3, 2, true, Optional.empty()).status())
        .isEqualTo(Status.STARTING);
    assertThat(new Health(true, true, 3, 2, true, Optional.empty()).status())
        .isEqualTo(Status.DRAINING);
    assertThat(new Health(true, false, 1, 2, true, Optional.empty()).status())
        .isEqualTo(Status.NO_QUORUM);
  }

  @Test
  void status_whenTheClockIsWrong_isNotReady() {
    Health health = new Health(true, false, 3, 2, true, Optional.of("its clock is wrong"));

    assertThat(health.status()).isEqualTo(Status.CLOCK_WRONG);
    assertThat(health.ready()).isFalse();
  }
}
