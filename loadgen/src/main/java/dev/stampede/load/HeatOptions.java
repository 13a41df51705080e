package dev.stampede.load;

import dev.stampede.load.plan.Heat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of several sales buyers want. */
final class HeatOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  /** How arrivals are spread. */
  enum Spread {
    even,
    moving
  }

  @Option(
      names = "--heat",
      defaultValue = "even",
      paramLabel = "HOW",
      description =
          "even: all sales alike. moving: one sale gets most, and after a while the next one, as"
              + " --sale names them. Default: ${DEFAULT-VALUE}.")
  Spread spread = Spread.even;

  @Option(
      names = "--heat-every",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long a sale stays hot. Default: ${DEFAULT-VALUE}.")
  Duration every = Duration.ZERO;

  @Option(
      names = "--heat-share",
      defaultValue = "0.9",
      description =
          "Share of arrivals for the hot sale; the others share the rest."
              + " Default: ${DEFAULT-VALUE}.")
  double share;

  /**
   * What was asked for.
   *
   * @throws ParameterException for values that make no sense
   */
  Heat heat() {
    if (!every.isPositive()) {
      throw wrong("--heat-every 0: expected at least 1ms");
    }
    if (!(share >= 0 && share <= 1)) {
      throw wrong("--heat-share " + share + ": expected a share from 0 to 1");
    }
    return switch (spread) {
      case even -> new Heat.Even();
      case moving -> new Heat.Moving(share, every);
    };
  }

  /**
   * Refuses heat that has nowhere to move.
   *
   * @param sales how many there are
   */
  void check(int sales) {
    if (spread == Spread.moving && sales < 2) {
      throw new LoadException(ExitCode.USAGE, "--heat moving: there is one sale, expected several");
    }
  }

  private ParameterException wrong(String message) {
    if (command == null) {
      throw new IllegalStateException("options without a command");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
