package dev.stampede.simulation;

import dev.stampede.simulation.Simulation.Result;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for the shortest history that breaks a promise, starting from one that does: fewer nodes,
 * fewer faults, fewer steps. Greedy: it takes each change after which some promise is still broken,
 * until none is left. That may be another promise than at first.
 */
final class Shrinker {

  private final Function<History, Result> run;

  /** A shrinker that runs histories like this. */
  Shrinker(Function<History, Result> run) {
    this.run = run;
  }

  /** The last history that broke a promise. Each accepted change makes it smaller, so it ends. */
  Result shrink(Result broken) {
    Result best = broken;
    Optional<Result> smaller = Optional.of(broken);
    while (smaller.isPresent()) {
      best = smaller.get();
      smaller =
          candidates(best).map(run).filter(result -> result.violation().isPresent()).findFirst();
    }
    return best;
  }

  private static Stream<History> candidates(Result broken) {
    History history = broken.history();
    Stream<History> fewerNodes = IntStream.range(1, history.nodes()).mapToObj(history::withNodes);
    Stream<History> fewerFaults =
        IntStream.range(0, broken.faults())
            .map(fault -> broken.faults() - 1 - fault)
            .filter(fault -> !history.skipped().contains(fault))
            .mapToObj(history::without);
    Stream<History> fewerSteps =
        IntStream.of(history.steps() / 2, history.steps() - 10, history.steps() - 1)
            .filter(steps -> steps >= 0 && steps < history.steps())
            .mapToObj(history::withSteps);
    return Stream.of(fewerNodes, fewerFaults, fewerSteps).flatMap(each -> each);
  }
}
