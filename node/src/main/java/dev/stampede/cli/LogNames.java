package dev.stampede.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Files as people name them: each by itself, or several by a pattern. */
final class LogNames {

  /** Names what comes through a pipe; a file of this name is {@code ./-}. */
  static final String STANDARD_INPUT = "-";

  private LogNames() {}

  /**
   * The files, each once, those of a pattern in the order of their names.
   *
   * @throws CommandException where a name or pattern leads to none
   */
  static List<String> resolve(List<String> given) {
    Set<Path> files = new LinkedHashSet<>();
    for (String name : given) {
      if (name.equals(STANDARD_INPUT)) {
        files.add(Path.of(name));
      } else if (!Files.exists(Path.of(name)) && name.matches(".*[*?\\[{].*")) {
        files.addAll(matching(name));
      } else {
        files.add(Path.of(name));
      }
    }
    files.stream()
        .filter(file -> !file.toString().equals(STANDARD_INPUT))
        .forEach(LogNames::requireFile);
    return files.stream().map(Path::toString).toList();
  }

  private static List<Path> matching(String pattern) {
    Path whole = Path.of(pattern);
    Path folder = whole.getParent() == null ? Path.of("") : whole.getParent();
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, whole.getFileName().toString())) {
      all.forEach(files::add);
    } catch (IOException | PatternSyntaxException _) {
      throw CommandException.usage(pattern + ": no file has such a name");
    }
    if (files.isEmpty()) {
      throw CommandException.usage(pattern + ": no file has such a name");
    }
    return files.stream().sorted().toList();
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw CommandException.usage(file + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw CommandException.usage(file + ": a folder; name its files: '" + file + "/*'");
    }
    if (!Files.isReadable(file)) {
      throw CommandException.environment(file + ": may not be read");
    }
  }

  /** How much there is to read. */
  static long bytes(List<String> files) {
    return files.stream().mapToLong(file -> Path.of(file).toFile().length()).sum();
  }
}
