package dev.stampede.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArrivalScheduleTest {
  @Test
  void dueNanos_atAnyRate_spreadsArrivalsEvenly() {
    ArrivalSchedule schedule = new ArrivalSchedule(2000, Duration.ofSeconds(20));

    assertThat(schedule.total()).isEqualTo(40_000);
    assertThat(schedule.dueNanos(0)).isZero();
    assertThat(schedule.dueNanos(1)).isEqualTo(500_000);
    assertThat(schedule.dueNanos(39_999)).isLessThan(Duration.ofSeconds(20).toNanos());
  }

  @Test
  void dueNanos_atARateThatDividesNoSecond_doesNotDrift() {
    ArrivalSchedule schedule = new ArrivalSchedule(3, Duration.ofHours(1));

    assertThat(schedule.dueNanos(3 * 3600)).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @Test
  void constructor_withoutARate_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ArrivalSchedule(0, Duration.ofSeconds(1)));
  }
}
