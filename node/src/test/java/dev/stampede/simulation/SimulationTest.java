package dev.stampede.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

  private static final int HISTORIES = 10_000;
  private static final int MOST_TO_FIND_A_FAULT = 500;

  @Test
  @DisplayName("whatever is lost, repeated, late or dead: what was told stays true")
  void histories_ofFixedSeeds_keepTheirPromises() {
    assertThat(firstBroken(1, HISTORIES, Set.of()).map(Histories::report)).isEmpty();
  }

  @Test
  void histories_ofAFreshSeed_keepTheirPromises() {
    long seed = Histories.freshSeed();
    System.out.printf(Locale.ROOT, "simulation: %d histories from seed %d%n", HISTORIES, seed);

    assertThat(firstBroken(seed, HISTORIES, Set.of()).map(Histories::report)).isEmpty();
  }

  @Test
  void history_ofTheSameSeed_isTheSame() {
    for (long seed = 1; seed <= 100; seed++) {
      assertThat(Simulation.traced(History.of(seed)))
          .isEqualTo(Simulation.traced(History.of(seed)));
    }
    assertThat(LongStream.rangeClosed(1, 100).map(seed -> Simulation.run(History.of(seed)).hash()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void histories_withoutAMechanism_breakAPromise(Mechanism off) {
    assertThat(firstBroken(near(off), MOST_TO_FIND_A_FAULT, Set.of(off))).isPresent();
  }

  /** A seed soon after which a promise breaks: to search all from the first takes half a minute. */
  private static long near(Mechanism off) {
    return switch (off) {
      case LOADINGS_ARE_ON_ALL_REPLICAS -> 1_300;
      case FORKS_ARE_REFUSED -> 1_600;
      case WHO_WENT_ON_IS_LARGER -> 1_900;
      case LOADINGS_ARE_PROVEN -> 6_100;
      case DENIED_PAYMENTS_ASK_BACKUPS -> 11_200;
      case REFUSED_IS_NOT_DONE -> 16_600;
      case DATABASE_KNOWS_WHO_IS_AT_WORK -> 24_200;
      case DATABASE_COMPARES_EPOCHS -> 39_600;
      default -> 1;
    };
  }

  private static Optional<Simulation.Result> firstBroken(
      long seed, int histories, Set<Mechanism> off) {
    return Histories.firstBroken(seed, histories, each -> History.of(each, off));
  }
}
