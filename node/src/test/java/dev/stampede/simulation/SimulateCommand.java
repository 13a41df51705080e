package dev.stampede.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Histories without end: the soak. Begun by {@code ./stampede simulate}. */
@Command(
    name = "stampede simulate",
    header = "Runs random histories of the stock core in a simulation, and checks every step.",
    description = {
      "Nodes die and return, hang or are cut off, the shard moves, messages are late, lost and"
          + " repeated, the database goes away and loses answers; buyers and an operator go on."
          + " After every step, what"
          + " was told must still be true, and in the end all of it must be in the database.",
      "Ends with 0 if every history kept its promises. Otherwise it ends with 1 and prints the"
          + " shortest failing history that it found, its last steps, and the command that replays"
          + " it."
    })
final class SimulateCommand implements Callable<Integer> {

  /** Histories between two looks at the clock. */
  private static final int AT_ONCE = 1_000;

  private static final Duration PROGRESS = Duration.ofSeconds(2);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "1",
      description = "For how long, in minutes; fractions are fine. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--histories",
      description = "How many histories to run, whatever time that takes. Replaces --minutes.")
  private long histories;

  @Option(
      names = "--seed",
      description = "The seed of the first history; the next ones count up. Default: random.")
  private long seed = Histories.freshSeed();

  @Option(names = "--nodes", description = "How many nodes, 1 to 5. Default: follows the seed.")
  private int nodes;

  @Option(
      names = "--steps",
      defaultValue = "" + Simulation.STEPS,
      description = "Steps before all faults are mended. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--skip",
      split = ",",
      description = "The numbers of faults to leave out, counted from 0.")
  private List<Integer> skipped = List.of();

  @Option(
      names = "--off",
      split = ",",
      description = "Mechanisms to switch off, to see what they prevent: ${COMPLETION-CANDIDATES}.")
  private List<Mechanism> off = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  /** Runs and ends the process. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new SimulateCommand())
            .setParameterExceptionHandler(SimulateCommand::refuse)
            .execute(args));
  }

  private static int refuse(ParameterException wrong, String[] args) {
    System.err.println("stampede: " + wrong.getMessage() + "; see ./stampede simulate --help");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    if (nodes < 0 || nodes > Simulation.MOST_NODES || steps < 0 || histories < 0) {
      throw new ParameterException(
          spec.commandLine(), "--nodes is 1 to 5; --steps and --histories are not negative");
    }
    Instant begin = Instant.now();
    Instant end = begin.plusMillis(Math.round(minutes * 60_000));
    Instant next = begin.plus(PROGRESS);
    long first = seed;
    System.err.println("from seed " + first);
    do {
      long count = histories == 0 ? AT_ONCE : Math.min(AT_ONCE, first + histories - seed);
      Optional<Simulation.Result> broken = Histories.firstBroken(seed, count, this::history);
      if (broken.isPresent()) {
        spec.commandLine().getOut().println(Histories.report(broken.get()));
        return CommandLine.ExitCode.SOFTWARE;
      }
      seed += count;
      if (!Instant.now().isBefore(next)) {
        next = Instant.now().plus(PROGRESS);
        System.err.printf(Locale.ROOT, "%,d histories, all well%n", seed - first);
      }
    } while (histories == 0 ? Instant.now().isBefore(end) : seed < first + histories);
    double seconds = Math.max(1, Duration.between(begin, Instant.now()).toMillis()) / 1_000.0;
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "PASS: %,d histories, seeds %d to %d, kept their promises; %.0f a second%n",
            seed - first,
            first,
            seed - 1,
            (seed - first) / seconds);
    return CommandLine.ExitCode.OK;
  }

  /** The first history that it runs. */
  History first() {
    return history(seed);
  }

  private History history(long ofSeed) {
    return new History(ofSeed, nodes, steps, skipped, Set.copyOf(off));
  }
}
