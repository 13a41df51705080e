package dev.stampede.simulation;

import dev.stampede.simulation.Simulation.Result;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Many histories, on as many threads as there are processors; each runs on one of them. */
final class Histories {

  private static final long MOST_SEED = 1_000_000_000_000L;

  private Histories() {}

  /** A seed that nobody has tried, most likely. */
  static long freshSeed() {
    return new SplittableRandom().nextLong(1, MOST_SEED);
  }

  /** The first of these histories that breaks a promise, if one does. */
  static Optional<Result> firstBroken(long seed, long count, LongFunction<History> history) {
    return LongStream.range(seed, seed + count)
        .parallel()
        .mapToObj(each -> Simulation.run(history.apply(each)))
        .filter(result -> result.violation().isPresent())
        .findFirst();
  }

  /** What to tell of a broken history: the shortest one found, how to replay it, its last steps. */
  static String report(Result broken) {
    Result shortest = new Shrinker(Simulation::run).shrink(broken);
    History history = shortest.history();
    return """
    seed %d: %s
    shortest failing history found: %d nodes, %d steps, %d faults: %s
    replay it: %s
    %s\
    """
        .formatted(
            broken.history().seed(),
            broken.violation().orElse("kept its promises"),
            history.nodes(),
            history.steps(),
            shortest.faults() - history.skipped().size(),
            shortest.violation().orElse("kept its promises"),
            history.command(),
            String.join("\n", Simulation.traced(history).trace()));
  }
}
