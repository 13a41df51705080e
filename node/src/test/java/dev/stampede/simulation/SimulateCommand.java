package dev.stampede.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
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
      "Ends with 0 where every history kept its promises; otherwise with 1, the seed of the one"
          + " that did not, and its last steps. --seed with that number replays it first."
    })
final class SimulateCommand implements Callable<Integer> {

  private static final Duration PROGRESS = Duration.ofSeconds(2);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "1",
      description = "For how long, in minutes; fractions are fine. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(names = "--seed", description = "The first history's; the next ones count up.")
  private long seed = new SplittableRandom().nextLong(1, 1_000_000_000_000L);

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
    Instant begin = Instant.now();
    Instant end = begin.plusMillis(Math.round(minutes * 60_000));
    Instant next = begin.plus(PROGRESS);
    long first = seed;
    System.err.println("from seed " + first);
    do {
      Simulation.Result result = Simulation.run(seed++, null);
      if (result.violation().isPresent()) {
        spec.commandLine().getOut().println(result.report());
        return CommandLine.ExitCode.SOFTWARE;
      }
      if (!Instant.now().isBefore(next)) {
        next = next.plus(PROGRESS);
        System.err.printf("%,d histories, all well%n", seed - first);
      }
    } while (Instant.now().isBefore(end));
    spec.commandLine()
        .getOut()
        .printf(
            "PASS: %,d histories, seeds %d to %d, kept their promises%n",
            seed - first, first, seed - 1);
    return CommandLine.ExitCode.OK;
  }
}
