package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.persistence.CuttingProxy.Cut;
import dev.stampede.persistence.StoreResult.Stored;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.ShardChange;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store leaves behind when its line to the database is cut, and that repeating it mends. */
final class LostConnectionIT {

  private CuttingProxy proxy;
  private Database database;
  private TestShard node;
  private List<ShardChange> changes;

  @BeforeEach
  void connectThroughAProxy() throws IOException {
    String url = TestTables.settings().url();
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    proxy = new CuttingProxy(port);
    DatabaseSettings login = TestTables.settings(url.replace(":" + port, ":" + proxy.port()));
    // One connection: the pool would open a second one when a store takes a tenth of a second.
    database = Database.open(new DatabaseSettings(login.url(), login.user(), login.password(), 1));
    node = TestShard.publish(Reduction.RESERVE, 100);
    changes = List.of(node.run(reserve(1), reserve(2)), node.run(reserve(3)));
  }

  @AfterEach
  void disconnect() throws IOException {
    database.close();
    proxy.close();
  }

  @Test
  void store_whenTheAnswerToItsCommitIsLost_isDoneAndCanBeRepeated() {
    proxy.cutOnce(Cut.AFTER_COMMIT);
    assertStoreFailsForNow();
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());

    assertThat(new ShardTable(database).store(node.key, node.epochs(), changes))
        .isEqualTo(new Stored(2));
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  /**
   * The pool opens and tests connections whenever it likes: their answers are not the ones to cut.
   */
  @Test
  void store_whenTheAnswerToItsCommitIsLost_failsWhateverElseIsAnswered() throws Exception {
    String url = TestTables.settings().url().replaceFirst(":[0-9]+/", ":" + proxy.port() + "/");
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> others =
        IntStream.range(0, 4)
            .mapToObj(_ -> Thread.ofPlatform().start(() -> ask(url, done)))
            .toList();
    try {
      new ShardTable(TestTables.shared()).store(node.key, node.epochs(), changes);
      for (int round = 0; round < 20; round++) {
        changes = List.of(node.run(reserve(100 + round)));
        proxy.cutOnce(Cut.AFTER_COMMIT);
        assertStoreFailsForNow();
        assertThat(StoredPicture.of(node.key).row().head().seq())
            .isEqualTo(changes.getLast().seq());
      }
    } finally {
      done.set(true);
      for (Thread other : others) {
        other.join();
      }
    }
  }

  private static void ask(String url, AtomicBoolean done) {
    while (!done.get()) {
      DatabaseSettings login = TestTables.settings(url);
      try (Connection connection =
              DriverManager.getConnection(url, login.user(), login.password());
          Statement statement = connection.createStatement()) {
        statement.executeQuery("SELECT 1");
      } catch (SQLException e) {
        throw new IllegalStateException("the line of somebody else was cut", e);
      }
    }
  }

  @Test
  void store_whenTheLineIsCutBeforeTheCommit_isUndoneAndCanBeRepeated() {
    proxy.cutOnce(Cut.BEFORE_COMMIT);
    assertStoreFailsForNow();
    assertThat(StoredPicture.of(node.key).row().head().seq()).isZero();
    assertThat(StoredPicture.of(node.key).orders()).isEmpty();

    assertThat(new ShardTable(database).store(node.key, node.epochs(), changes))
        .isEqualTo(new Stored(2));
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  @Test
  void store_whenTheRowStaysLocked_givesUpForNow() throws Exception {
    try (Connection other = TestTables.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeQuery(
          "SELECT seq FROM shards WHERE sale = '%s' FOR UPDATE".formatted(node.sale.id()));

      assertStoreFailsForNow();
    }
    assertThat(new ShardTable(database).store(node.key, node.epochs(), changes))
        .isEqualTo(new Stored(2));
  }

  @Test
  void store_whenTheDatabaseIsAway_failsSoon() throws IOException {
    proxy.close();
    proxy.cutOnce(Cut.BEFORE_COMMIT);
    assertStoreFailsForNow(); // on a connection that it had

    assertStoreFailsForNow().hasMessageContaining("Connection refused");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertStoreFailsForNow() {
    ShardTable table = new ShardTable(database);
    return assertThatThrownBy(() -> table.store(node.key, node.epochs(), changes))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> {
              assertThat(e.isTransient()).isTrue();
              assertThat(e.getMessage()).hasLineCount(1);
            });
  }
}
