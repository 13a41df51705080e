package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.DeadLetter;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.RetryResult;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody waits for an order that the database will not take, and nothing of it is lost. */
class PoisonIT {

  private static final StockKey POISONED = new StockKey(new SaleId("poisoned"), 0);
  private static final StockKey STUCK = new StockKey(new SaleId("stuck"), 0);
  private static final StockKey HEALTHY = new StockKey(new SaleId("healthy"), 0);
  private static final OrderKey POISON = new OrderKey(7, 7);
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final int OTHERS = 50;

  private final DatabaseSettings database = TestDatabase.fresh();

  @Test
  void reserve_whenTheDatabaseRefusesTheOrder_becomesDurableAndIsKept() throws SQLException {
    try (TestCluster cluster = new TestCluster(2, database)) {
      publish(cluster, POISONED);
      refuse("orders", "NEW.buyer = 'poison'", "45000");

      assertThat(reserveAll(cluster, POISONED)).allMatch(PoisonIT::isDurable);

      assertThat(cluster.deadLetters())
          .singleElement()
          .satisfies(
              letter -> assertThat(letter.change().orders().getFirst().key()).isEqualTo(POISON));
      assertThat(figure(cluster, 0) + figure(cluster, 1)).isEqualTo(1);
      assertStored(cluster, 1);
    }
    try (TestCluster cluster = new TestCluster(2, database)) {
      assertThat(execute(cluster, POISONED, new ShardCommand.Find(POISON)))
          .isInstanceOfSatisfying(
              Outcome.Found.class, found -> assertThat(found.durable()).isTrue());
      DeadLetter letter = cluster.deadLetters().getFirst();
      assertThat(retry(letter)).isInstanceOf(RetryResult.Refused.class);

      execute("DROP TRIGGER refusing_orders");

      assertThat(retry(letter)).isInstanceOf(RetryResult.Stored.class);
      assertThat(cluster.deadLetters()).isEmpty();
      assertStored(cluster, 0);
    }
  }

  @Test
  void reserve_whenAnotherShardsLedgerIsRefused_isNotHeldUp() throws SQLException {
    try (TestCluster cluster = new TestCluster(1, database)) {
      publish(cluster, STUCK);
      publish(cluster, HEALTHY);
      refuse("ledger", "NEW.sale = 'stuck'", "45000");
      CompletableFuture<Outcome> stuck =
          cluster.member(0).stock().executeDurably(STUCK, reserve(1, "ann"), WAIT);

      assertThat(reserveAll(cluster, HEALTHY)).allMatch(PoisonIT::isDurable);
      assertThat(stuck).isNotDone();

      execute("DROP TRIGGER refusing_ledger");
      assertThat(isDurable(stuck.join())).isTrue();
    }
  }

  /** Many orders at once, one of them by a buyer named poison. */
  private static List<Outcome> reserveAll(TestCluster cluster, StockKey key) {
    List<CompletableFuture<Outcome>> answers =
        IntStream.rangeClosed(0, OTHERS)
            .mapToObj(i ->
                i == OTHERS / 2
                    ? new ShardCommand.Reserve(POISON, new BuyerId("poison"), 1)
                    : reserve(i, "buyer-" + i))
            .map(command -> cluster.member(0).stock().executeDurably(key, command, WAIT))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static ShardCommand reserve(int number, String buyer) {
    return new ShardCommand.Reserve(new OrderKey(1, number), new BuyerId(buyer), 1);
  }

  private static boolean isDurable(Outcome outcome) {
    return outcome instanceof Outcome.Reserved reserved && reserved.durable();
  }

  private static long figure(TestCluster cluster, int member) {
    return cluster.member(member).figures().deadLetters();
  }

  private static void assertStored(TestCluster cluster, int setAside) {
    AuditedShard stored =
        cluster.stored().stream().filter(s -> s.key().equals(POISONED)).findAny().orElseThrow();
    assertThat(stored.counts().held()).isEqualTo(OTHERS + 1);
    assertThat(stored.heldByOrders()).isEqualTo(OTHERS + 1);
    assertThat(stored.setAside()).isEqualTo(setAside);
  }

  private static Outcome execute(TestCluster cluster, StockKey key, ShardCommand command) {
    return cluster.member(0).stock().execute(key, command).join();
  }

  private RetryResult retry(DeadLetter letter) {
    try (Database connections = Database.open(database)) {
      return new DeadLetterTable(connections, Clock.systemUTC()).retry(letter.id());
    }
  }

  private void refuse(String table, String condition, String state) throws SQLException {
    execute(
        "CREATE TRIGGER refusing_%1$s BEFORE INSERT ON %1$s FOR EACH ROW".formatted(table)
            + " IF %s THEN SIGNAL SQLSTATE '%s'; END IF".formatted(condition, state));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void publish(TestCluster cluster, StockKey key) {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(
            now.minusSeconds(60),
            now.plusSeconds(3_600),
            1,
            Reduction.RESERVE,
            Duration.ofMinutes(5),
            1);
    cluster.member(0).sales().publish(new Sale(key.sale(), "A sale", "", 100, "EUR", 1_000, terms));
  }
}
