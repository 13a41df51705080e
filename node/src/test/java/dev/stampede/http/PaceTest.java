package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {

  private static final int RATE = 1_000;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int SAVED = (int) (RATE * Pace.SAVED.toNanos() / SECOND);

  private static int taken(Pace pace, int wanted, long at) {
    return (int) IntStream.range(0, wanted).filter(_ -> pace.tryStep(at)).count();
  }

  /** {@link System#nanoTime} may be anything, and may run over. */
  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE, -5})
  void tryStep_overASecond_takesTheRateAndWhatWasSaved(long start) {
    Pace pace = new Pace(RATE, start);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      taken += taken(pace, 1, start + i * SECOND / 10_000);
    }

    assertThat(taken).isBetween(RATE + SAVED - 1, RATE + SAVED + 1);
  }

  @Test
  void tryStep_whenNobodyCameForLong_savesNoMore() {
    Pace pace = new Pace(RATE, 0);

    assertThat(taken(pace, 10_000, 60 * SECOND)).isEqualTo(SAVED);
  }

  @Test
  void tryStep_whenManyThreadsDo_takesNotOneMore() {
    Pace pace = new Pace(RATE, 0);
    AtomicInteger taken = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> taken.addAndGet(taken(pace, 10_000, 1)));
      }
    }

    assertThat(taken.get()).isEqualTo(SAVED);
  }
}
