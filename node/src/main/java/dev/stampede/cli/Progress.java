package dev.stampede.cli;

import java.util.Locale;
import java.util.function.Consumer;

/** One line for each phase: its name, what came of it, and how long it took. */
final class Progress {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Consumer<String> say;
  private final long start = System.nanoTime();
  private long phaseStart = start;
  private String phase = "";

  /** Progress whose lines go there. */
  Progress(Consumer<String> say) {
    this.say = say;
  }

  void begin(String name) {
    phase = name;
    phaseStart = System.nanoTime();
  }

  void done(String result) {
    say.accept(
        String.format(Locale.ROOT, "%-12s %-58s %6.1f s", phase, result, seconds(phaseStart)));
  }

  /** Seconds since everything began. */
  double seconds() {
    return seconds(start);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / NANOS_PER_SECOND;
  }
}
