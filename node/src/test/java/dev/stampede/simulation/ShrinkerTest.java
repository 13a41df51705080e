package dev.stampede.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ShrinkerTest {

  private static final int FAULTS = 12;

  @Test
  void shrink_whenPartsDoNotMatter_leavesThemOut() {
    History shortest =
        shrink(history ->
            history.nodes() >= 3
                && history.steps() >= 17
                && !history.skipped().contains(2)
                && !history.skipped().contains(7));

    assertThat(shortest.nodes()).isEqualTo(3);
    assertThat(shortest.steps()).isEqualTo(17);
    assertThat(shortest.skipped()).containsExactly(0, 1, 3, 4, 5, 6, 8, 9, 10, 11);
  }

  @Test
  void shrink_whenEverythingMatters_leavesAllAsItIs() {
    History all = new History(5, 4, 100, List.of(), Set.of());

    assertThat(shrink(all::equals)).isEqualTo(all);
  }

  @Test
  void shrink_ofARealHistory_breaksAPromiseWithLess() {
    Set<Mechanism> off = Set.of(Mechanism.ANSWER_WAITS_FOR_BACKUPS);
    Simulation.Result broken =
        Histories.firstBroken(1, 10_000, seed -> History.of(seed, off)).orElseThrow();
    Simulation.Result shortest = new Shrinker(Simulation::run).shrink(broken);
    History history = shortest.history();

    assertThat(shortest.violation()).isPresent();
    assertThat(history.steps()).isLessThanOrEqualTo(broken.history().steps());
    assertThat(history.skipped()).isNotEmpty();
    assertThat(Simulation.run(history)).isEqualTo(shortest);
    assertThat(Histories.report(broken)).contains(history.command());
  }

  @Test
  void command_ofAHistory_isReadAsThatHistory() {
    History history = new History(5, 3, 40, List.of(9, 1), Set.of(Mechanism.BACKUPS_ARE_MEMBERS));
    String prefix = "./stampede simulate ";

    assertThat(history.command())
        .isEqualTo(
            prefix
                + "--histories 1 --seed 5 --nodes 3 --steps 40 --skip 1,9 --off"
                + " BACKUPS_ARE_MEMBERS");
    SimulateCommand command = new SimulateCommand();
    new CommandLine(command).parseArgs(history.command().substring(prefix.length()).split(" "));
    assertThat(command.first()).isEqualTo(history);
    assertThat(History.of(5).command()).isEqualTo(prefix + "--histories 1 --seed 5");
  }

  private static History shrink(Predicate<History> fails) {
    Shrinker shrinker = new Shrinker(history -> result(history, fails.test(history)));
    return shrinker.shrink(result(new History(5, 4, 100, List.of(), Set.of()), true)).history();
  }

  private static Simulation.Result result(History history, boolean isBroken) {
    Optional<String> violation = isBroken ? Optional.of("broken") : Optional.empty();
    return new Simulation.Result(history, 0, FAULTS, 0, 0, 0, 0, violation, List.of());
  }
}
