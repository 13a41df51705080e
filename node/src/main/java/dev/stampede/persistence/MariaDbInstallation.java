package dev.stampede.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server's programs, the files that it works on, and the command lines that join the two. */
record MariaDbInstallation(MariaDbPrograms programs, DatabaseFiles files) {
  static final String DATABASE = "stampede";
  static final String USER = "stampede";

  private static final Duration INSTALL_LIMIT = Duration.ofSeconds(60);

  /** Creates the system tables (0.7 s) where there are none yet. */
  void installTables() throws IOException, InterruptedException {
    if (Files.exists(files.tables())) {
      return;
    }
    // Renamed when complete, so that a start which is cut short leaves nothing half done.
    Path partial = files.folder().resolve("data.new");
    if (Files.exists(partial)) {
      MariaDbPrograms.deleteAll(partial);
    }
    Files.createDirectory(partial);
    Path statements = files.temporary().resolve("system-tables.sql");
    Files.writeString(
        statements,
        "CREATE DATABASE mysql;\nUSE mysql;\n" + Files.readString(programs.systemTables()));
    ServerLog log = ServerLog.startingNow(files.log());
    Process process =
        builder(command(partial, "--bootstrap")).redirectInput(statements.toFile()).start();
    if (!process.waitFor(INSTALL_LIMIT) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new DatabaseStartException("the database was not set up: " + log.explain());
    }
    Files.move(partial, files.tables(), StandardCopyOption.ATOMIC_MOVE);
    Files.delete(statements);
  }

  /** Starts the server; it is ready some time later. */
  Process startServer(int port, Path initialStatements) throws IOException {
    return builder(
            command(
                files.tables(),
                "--port=" + port,
                "--pid-file=" + files.serverPid(),
                "--init-file=" + initialStatements))
        .redirectInput(Path.of("/dev/null").toFile())
        .start();
  }

  /**
   * What makes the server ours, run at every start: the database, and its only account. That one
   * may also use databases whose names begin like ours, which gives tests a fresh one each.
   */
  static String initialStatements(String password) {
    return """
    CREATE DATABASE IF NOT EXISTS %1$s CHARACTER SET utf8mb4;
    CREATE OR REPLACE USER %2$s@'127.0.0.1' IDENTIFIED BY '%3$s';
    GRANT ALL ON `%1$s%%`.* TO %2$s@'127.0.0.1';
    """
        .formatted(DATABASE, USER, password);
  }

  private List<String> command(Path tables, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(programs.server().toString());
    command.add("--defaults-file=" + files.writeSettings()); // must be the first
    command.add("--basedir=" + programs.folder());
    command.add("--datadir=" + tables);
    command.add("--tmpdir=" + files.temporary());
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root"); // it refuses to run as root unless told so
    }
    command.addAll(List.of(more));
    return command;
  }

  private ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command)
        .directory(files.folder().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
  }
}
