package dev.stampede.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of what can be read only once, which are pipes and standard input; a scan reads everything
 * twice. They are in the data folder, and gone with the command.
 */
final class LogSpool implements AutoCloseable {

  private final Path folder;
  private final List<Path> copies = new ArrayList<>();

  /** Nothing yet. */
  LogSpool(Path folder) {
    this.folder = folder;
  }

  /**
   * The same files, each one that is not regular copied.
   *
   * @throws CommandException if one cannot be read, or the copy cannot be written
   */
  List<String> regular(List<String> names) {
    return names.stream().map(this::regular).toList();
  }

  private String regular(String name) {
    boolean standardInput = name.equals(LogNames.STANDARD_INPUT);
    if (!standardInput && Files.isRegularFile(Path.of(name))) {
      return name;
    }
    try (InputStream in = standardInput ? System.in : Files.newInputStream(Path.of(name))) {
      Files.createDirectories(folder);
      Path copy = Files.createTempFile(folder, "scan-", ".log");
      copies.add(copy);
      copy.toFile().deleteOnExit(); // after Ctrl-C
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy.toString();
    } catch (IOException e) {
      throw CommandException.environment(
          name + ": cannot be copied to " + folder + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    for (Path copy : copies) {
      var _ = copy.toFile().delete();
    }
  }
}
