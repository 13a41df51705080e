package dev.stampede.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeatTest {
  private static final int MANY = 30_000;
  private static final Heat MOVING = new Heat.Moving(0.9, Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({"0, 0", "9999, 0", "10000, 1", "20000, 2", "29999, 2", "30000, 0", "3600000, 0"})
  void sale_whileHeatMoves_isMostlyTheHotOne(long millis, int hot) {
    double[] shares = shares(MOVING, millis, 3);

    assertThat(shares[hot]).isCloseTo(0.9, within(0.01));
    assertThat(shares[(hot + 1) % 3]).isCloseTo(0.05, within(0.01));
    assertThat(shares[(hot + 2) % 3]).isCloseTo(0.05, within(0.01));
  }

  @Test
  void sale_whereHeatIsEven_isAnyAtAnyTime() {
    for (double share : shares(new Heat.Even(), 12_345, 4)) {
      assertThat(share).isCloseTo(0.25, within(0.02));
    }
  }

  @Test
  void sale_whereThereIsOneOnly_isThat() {
    assertThat(shares(MOVING, 10_000, 1)).containsExactly(1.0);
  }

  @Test
  void constructor_withValuesThatMakeNoSense_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Heat.Moving(1.1, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Heat.Moving(0.5, Duration.ZERO));
  }

  private static double[] shares(Heat heat, long millis, int sales) {
    SplittableRandom random = new SplittableRandom(1);
    double[] shares = new double[sales];
    for (int i = 0; i < MANY; i++) {
      shares[heat.sale(random, Duration.ofMillis(millis).toNanos(), sales)] += 1.0 / MANY;
    }
    for (int sale = 0; sale < sales; sale++) {
      shares[sale] = Math.round(shares[sale] * MANY) / (double) MANY;
    }
    return shares;
  }
}
