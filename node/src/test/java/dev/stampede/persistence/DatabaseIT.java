package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.config.DatabaseSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class DatabaseIT {

  @Test
  void open_bySeveralNodesAtOnce_migratesOnce() throws Exception {
    DatabaseSettings empty = TestDatabase.fresh();
    Callable<Integer> open =
        () -> {
          try (Database database = Database.open(empty)) {
            return new SaleTable(database).all().size();
          }
        };
    try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> answers =
          nodes.invokeAll(IntStream.range(0, 3).mapToObj(i -> open).toList());

      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isZero();
      }
    }
  }

  @Test
  @Timeout(10)
  void open_whenNothingListens_saysWhatToDo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "jdbc:mariadb://127.0.0.1:" + port + "/stampede";

    assertRefused(TestTables.settings(url + "?password=topsecret"))
        .hasMessageStartingWith(
            "database unreachable at " + url + "; start it, or set STAMPEDE_DB_URL: ")
        .hasMessageContaining("Connection refused")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  @Timeout(10)
  void open_whenTheServerIsSilent_givesUpSoon() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:mariadb://127.0.0.1:" + silent.getLocalPort() + "/stampede";

      assertRefused(TestTables.settings(url)).hasMessageStartingWith("database unreachable at ");
    }
  }

  @Test
  @Timeout(20)
  void transaction_whenTheServerFallsSilent_givesUpAfterTenSeconds() {
    assertThatThrownBy(() ->
            TestTables.shared()
                .transaction("sleeping", it -> it.createStatement().execute("DO SLEEP(30)")))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> {
              assertThat(e.isTransient()).isTrue();
              assertThat(e.isUnreachable()).isTrue();
            });
  }

  @Test
  void open_whenThePasswordIsWrong_namesTheUserOnly() {
    DatabaseSettings right = TestTables.settings();
    DatabaseSettings wrong = new DatabaseSettings(right.url(), right.user(), "topsecret", 4);

    assertRefused(wrong)
        .hasMessageContaining(" refuses " + right.user())
        .hasMessageContaining("STAMPEDE_DB_PASSWORD")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void open_whenThereIsNoSuchDatabase_saysSo() {
    String url = TestTables.settings().url().replaceFirst("/[a-z_0-9]+$", "/nowhere");

    assertRefused(TestTables.settings(url))
        .hasMessageStartingWith("no database for " + TestTables.settings().user() + " at " + url);
  }

  @Test
  void open_whenTheAddressIsNone_saysSo() {
    assertRefused(TestTables.settings("mariadb.example:3306"))
        .hasMessageContaining("mariadb.example:3306");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      DatabaseSettings settings) {
    return assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOf(DatabaseException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
