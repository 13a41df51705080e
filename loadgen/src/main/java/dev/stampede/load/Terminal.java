package dev.stampede.load;

import dev.stampede.load.report.Style;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Shows progress: one line that is written over where there is a terminal, else a plain line every
 * five seconds. Safe for the main and the progress thread.
 */
final class Terminal {
  private static final long PLAIN_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final String START_OVER = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean live;
  private boolean lineIsOpen;
  private long lastPlain = Long.MIN_VALUE;

  private Terminal(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  static Terminal of(PrintWriter out) {
    return new Terminal(out, isTerminal());
  }

  static boolean isTerminal() {
    // There is none where the output goes to a file or another program.
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  static Style style(boolean noColor, Map<String, String> environment) {
    boolean plain = noColor || environment.containsKey("NO_COLOR") || !isTerminal();
    return plain ? Style.PLAIN : Style.COLOURED;
  }

  /** Something that will be outdated soon. */
  synchronized void progress(String line) {
    if (live) {
      out.print(START_OVER + line);
      out.flush();
      lineIsOpen = true;
      return;
    }
    long now = System.nanoTime();
    if (lastPlain == Long.MIN_VALUE || now - lastPlain >= PLAIN_PAUSE_NANOS) {
      lastPlain = now;
      out.println(line);
      out.flush();
    }
  }

  /** Something to stay. */
  synchronized void line(String line) {
    if (lineIsOpen) {
      out.print(START_OVER);
      lineIsOpen = false;
    }
    out.println(line);
    out.flush();
  }
}
