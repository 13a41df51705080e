package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseIT {
  /** One for all, because every new one has to unpack the server. */
  @TempDir static Path data;

  private final List<EmbeddedDatabase> started = new ArrayList<>();

  @AfterEach
  void stopAll() {
    started.forEach(EmbeddedDatabase::stop);
  }

  @Test
  void start_afterStop_hasTheRows() throws Exception {
    EmbeddedDatabase first = start();
    execute(first, "CREATE TABLE stopped (id INT PRIMARY KEY)", "INSERT INTO stopped VALUES (42)");
    first.stop();

    assertThat(query(start(), "SELECT id FROM stopped")).isEqualTo("42");
  }

  @Test
  void start_whenServerWasKilled_hasTheRowsOnTheSamePort() throws Exception {
    EmbeddedDatabase first = start();
    execute(first, "CREATE TABLE killed (id INT PRIMARY KEY)", "INSERT INTO killed VALUES (42)");
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    assertThat(first.awaitEnd()).isEqualTo(128 + 9);

    EmbeddedDatabase second = start(OptionalInt.of(first.port()));

    assertThat(second.port()).isEqualTo(first.port());
    assertThat(query(second, "SELECT id FROM killed")).isEqualTo("42");
  }

  @Test
  void start_whenFolderIsInUse_saysByWhom() throws Exception {
    start();

    assertThatThrownBy(this::start)
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
  }

  @Test
  void start_whenOwnerOfTheServerIsGone_replacesTheServer() throws Exception {
    EmbeddedDatabase first = start();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(data.resolve("mariadb/owner.pid"), gone.pid() + " 1");

    EmbeddedDatabase second = start();

    assertThat(first.awaitEnd()).isZero();
    assertThat(query(second, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void start_whenTheNumberOfTheOwnerIsUsedAgain_replacesTheServer() throws Exception {
    EmbeddedDatabase first = start();
    Files.writeString(data.resolve("mariadb/owner.pid"), ProcessHandle.current().pid() + " 1");

    EmbeddedDatabase second = start();

    assertThat(first.awaitEnd()).isZero();
    assertThat(query(second, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void start_whenPortAskedForIsTaken_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(OptionalInt.of(taken.getLocalPort())))
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is taken");
    }
  }

  @Test
  void start_whenThePortIsFreeToChoose_passesOverTakenOnes() throws Exception {
    EmbeddedDatabase first = start();
    int usual = first.port();
    first.stop();

    try (Closeable _ = take(usual)) {
      assertThat(start().port()).isGreaterThan(usual);
    }
  }

  /** Or else another process has taken it since, which serves as well. */
  private static Closeable take(int port) throws IOException {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (BindException _) {
      return () -> {};
    }
  }

  @Test
  void start_whenAnotherTakesTheChosenPort_usesTheNext() throws Exception {
    EmbeddedDatabase first = start();
    first.stop();
    Path settings = data.resolve("mariadb/my.cnf");
    Files.delete(settings); // it is written again once the port is chosen
    CompletableFuture<ServerSocket> taken =
        CompletableFuture.supplyAsync(() -> takeOnceThere(settings, first.port()));

    EmbeddedDatabase second = start();

    try (ServerSocket socket = taken.get()) {
      assertThat(second.port()).isNotEqualTo(socket.getLocalPort());
      assertThat(query(second, "SELECT 1")).isEqualTo("1");
    }
  }

  private static ServerSocket takeOnceThere(Path file, int port) {
    while (Files.notExists(file)) {
      Thread.onSpinWait();
    }
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void start_always_refusesLoginsWithoutThePassword() throws Exception {
    EmbeddedDatabase database = start();

    for (String user : List.of("root", "", database.user())) {
      assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, ""))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Access denied");
    }
    assertThat(query(database, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
  }

  @Test
  void start_always_leavesNoPasswordReadableByOthers() throws Exception {
    EmbeddedDatabase database = start();

    try (var files = Files.list(data.resolve("mariadb"))) {
      List<Path> withPassword =
          files
              .filter(Files::isRegularFile)
              .filter(file -> contains(file, database.password()))
              .toList();
      assertThat(withPassword).containsExactly(data.resolve("mariadb/password"));
    }
    assertThat(Files.getPosixFilePermissions(data.resolve("mariadb/password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private EmbeddedDatabase start() throws DatabaseStartException {
    return start(OptionalInt.empty());
  }

  private EmbeddedDatabase start(OptionalInt port) throws DatabaseStartException {
    EmbeddedDatabase database = EmbeddedDatabase.start(data, port);
    started.add(database);
    return database;
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String query(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }
}
