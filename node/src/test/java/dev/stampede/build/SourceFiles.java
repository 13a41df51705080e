package dev.stampede.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of every module, found from wherever the test was started. */
final class SourceFiles {
  private static final List<String> MODULES = List.of("hotspot-jet", "node", "loadgen");
  private static final List<String> SETS = List.of("main", "test", "jmh");
  private static final Path ROOT = findRoot(Path.of("").toAbsolutePath());

  private SourceFiles() {}

  /** Every {@code *.java} of every module, tests and benchmarks included. */
  static List<Path> all() {
    return MODULES.stream().flatMap(module -> of(module).stream()).toList();
  }

  /** Every {@code *.java} of one module. */
  static List<Path> of(String module) {
    return SETS.stream()
        .map(set -> ROOT.resolve(module).resolve("src").resolve(set).resolve("java"))
        .filter(Files::isDirectory)
        .flatMap(SourceFiles::javaUnder)
        .sorted()
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's path as a reader of the project names it. */
  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  private static Stream<Path> javaUnder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findRoot(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no folder with .mvn above " + start);
  }
}
