package dev.stampede.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of one process, moved by libfaketime. Its monotonic clock goes on as the machine's, as
 * it does when somebody sets the time.
 */
final class WrongClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path file;

  /** A clock that is right. */
  WrongClock(Path folder) {
    this.file = folder.resolve("faketime");
    set("+0");
  }

  /** Moves it: {@code +1d} is a day ahead. Takes effect within a second. */
  void set(String shift) {
    try {
      Files.writeString(file, shift + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the process needs. */
  Map<String, String> variables() {
    return Map.of(
        "LD_PRELOAD", library().orElseThrow().toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        // Reading the file at each look at the clock makes a JVM as slow as to look dead.
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1");
  }

  /** Debian's package faketime has it. */
  static Optional<Path> library() {
    try (Stream<Path> folders = Files.list(LIBRARIES)) {
      return folders
          .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
