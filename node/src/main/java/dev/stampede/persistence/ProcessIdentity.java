package dev.stampede.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One process, whenever it is asked for: its number is used again, as process 1 is by every
 * container, but not together with the moment at which it started.
 *
 * @param pid its number
 * @param started when it started: on Linux, in clock ticks since boot, which no change of the clock
 *     moves; elsewhere, in milliseconds since 1970; empty if there is no such process
 */
public record ProcessIdentity(long pid, String started) {

  /** Of the fields behind the name, which stands in brackets; the first is the third of all. */
  private static final int START_FIELD = 22 - 3;

  /** The process that runs this. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current().pid());
  }

  /** The process that has this number now. */
  public static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, startOf(pid));
  }

  /** The same, from {@code PID STARTED} in a file; empty for any other text. */
  static Optional<ProcessIdentity> parse(String text) {
    return text.matches("[0-9]{1,9} [0-9]{1,19}")
        ? Optional.of(
            new ProcessIdentity(
                Long.parseLong(text.substring(0, text.indexOf(' '))),
                text.substring(text.indexOf(' ') + 1)))
        : Optional.empty();
  }

  /** Whether this very process still runs. */
  public boolean isAlive() {
    return handle().isPresent();
  }

  /** This very process, if it still runs. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(_ -> !started.isEmpty() && started.equals(startOf(pid)));
  }

  private static String startOf(long pid) {
    Path stat = Path.of("/proc", String.valueOf(pid), "stat");
    if (Files.exists(Path.of("/proc/self"))) {
      try {
        String text = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
        return text.substring(text.lastIndexOf(')') + 2).split(" ", -1)[START_FIELD];
      } catch (IOException | IndexOutOfBoundsException e) {
        return ""; // it has ended
      }
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(Instant::toEpochMilli)
        .map(String::valueOf)
        .orElse("");
  }

  @Override
  public String toString() {
    return pid + " " + started;
  }
}
