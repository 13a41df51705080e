package dev.stampede.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

  private static final int HISTORIES = 10_000;
  private static final int MOST_TO_FIND_A_FAULT = 50_000;

  @Test
  @DisplayName("whatever is lost, repeated, late or dead: what was told stays true")
  void histories_whateverGoesWrong_keepTheirPromises() {
    Optional<Simulation.Result> broken = firstBroken(HISTORIES, null);

    assertThat(broken.map(Simulation.Result::report)).isEmpty();
  }

  @Test
  void history_ofTheSameSeed_isTheSame() {
    for (long seed = 1; seed <= 100; seed++) {
      assertThat(Simulation.traced(seed)).isEqualTo(Simulation.traced(seed));
    }
    assertThat(LongStream.rangeClosed(1, 100).map(seed -> Simulation.run(seed, null).hash()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void histories_withoutAMechanism_breakAPromise(Mechanism off) {
    assertThat(firstBroken(MOST_TO_FIND_A_FAULT, off)).isPresent();
  }

  private static Optional<Simulation.Result> firstBroken(int histories, @Nullable Mechanism off) {
    return LongStream.rangeClosed(1, histories)
        .mapToObj(seed -> Simulation.run(seed, off))
        .filter(result -> result.violation().isPresent())
        .findFirst();
  }
}
