package dev.stampede.cli;

import dev.stampede.persistence.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The process {@code stampede db}, seen from the command that started it.
 *
 * <p>It is a session of its own: Ctrl-C in the terminal reaches neither it nor MariaDB, so nodes
 * can still write while they drain. It ends when this process does, however that ends, because then
 * its standard input does.
 */
final class DatabaseProcess {
  /** Longer than the database itself waits for its server. */
  private static final Duration START_LIMIT = Duration.ofSeconds(75);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** Where there is no setsid, ignoring the two signals (inherited through exec) does as well. */
  private static final String DETACHED = "trap '' INT HUP; exec $(command -v setsid) \"$@\"";

  private static final String MAIN = "dev.stampede.Stampede";

  private final Process process;
  private final Output output;
  private final DatabaseReady ready;
  private final String password;

  private DatabaseProcess(Process process, Output output, DatabaseReady ready, String password) {
    this.process = process;
    this.output = output;
    this.ready = ready;
    this.password = password;
  }

  /**
   * Starts the database on the data folder and returns when it answers.
   *
   * @param port where it must listen, or empty for the next free port from 3307
   * @throws CommandException where it cannot run, with its own words
   */
  static DatabaseProcess start(Folders folders, OptionalInt port) {
    try {
      Process process = builder(folders, port).start();
      Output output = new Output();
      DatabaseReady ready = awaitReady(process, output);
      String password = EmbeddedDatabase.passwordIn(folders.data());
      return new DatabaseProcess(process, output, ready, password);
    } catch (IOException e) {
      throw CommandException.environment("cannot start the database: " + e.getMessage());
    }
  }

  String url() {
    return ready.url();
  }

  String user() {
    return ready.user();
  }

  String password() {
    return password;
  }

  int port() {
    return ready.port();
  }

  /** The MariaDB server's process number. */
  long serverPid() {
    return ready.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Runs something on a thread of its own when the database has ended, with its last words. */
  void whenEnded(Consumer<String> work) {
    Thread.ofVirtual()
        .name("database-end")
        .start(() -> {
          try {
            var _ = process.waitFor();
            output.awaitEnd();
            work.accept(output.last());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Ends the database in order, and returns when it has ended. May be repeated. */
  void stop() {
    try {
      process.getOutputStream().close(); // its standard input: end of file
      if (!process.waitFor(STOP_LIMIT)) {
        process.destroyForcibly();
      }
    } catch (IOException _) {
      process.destroy();
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private static ProcessBuilder builder(Folders folders, OptionalInt port) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", DETACHED, "sh"));
    command.add(Folders.java());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String classes = System.getProperty("java.class.path");
    command.addAll(
        Files.isRegularFile(Path.of(classes))
            ? List.of("-jar", classes)
            : List.of("-cp", classes, MAIN));
    command.addAll(List.of("db", ParentWatch.OPTION));
    port.ifPresent(number -> command.addAll(List.of("--port", String.valueOf(number))));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(folders.asEnvironment());
    return builder;
  }

  private static DatabaseReady awaitReady(Process process, Output output) {
    CompletableFuture<DatabaseReady> ready = new CompletableFuture<>();
    Thread.ofVirtual().name("database-output").start(() -> output.read(process, ready));
    try {
      return ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandException said ? said : new IllegalStateException(e);
    } catch (TimeoutException _) {
      process.destroy();
      throw CommandException.environment("the database was not ready within " + START_LIMIT);
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw CommandException.environment("interrupted while starting the database");
    }
  }

  /** What the process writes. Read to its end, so that the process can always write. */
  private static final class Output {
    private static final Duration REST = Duration.ofSeconds(1);

    private final AtomicReference<String> last =
        new AtomicReference<>("the database ended without a word");
    private final CountDownLatch end = new CountDownLatch(1);

    void read(Process process, CompletableFuture<DatabaseReady> ready) {
      try (BufferedReader lines = process.inputReader()) {
        lines
            .lines()
            .peek(last::set)
            .forEach(line -> DatabaseReady.ofLine(line).ifPresent(ready::complete));
      } catch (IOException | UncheckedIOException e) {
        last.set("its output cannot be read: " + e.getMessage());
      }
      end.countDown();
      ready.completeExceptionally(CommandException.environment(last()));
    }

    /** What it said last tells why it ended. */
    String last() {
      String line = last.get();
      return DatabaseReady.ofLine(line).isPresent()
          ? "it was killed"
          : line.replaceFirst("^stampede: ", ""); // this command says that too
    }

    /** A server that outlives its process keeps the output open, so not for ever. */
    void awaitEnd() throws InterruptedException {
      var _ = end.await(REST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
