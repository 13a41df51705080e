package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.EmbeddedDatabase;
import dev.stampede.persistence.ShardTable;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.StockKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold when members and the database go away and come back. */
class GridFaultsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WAVE = 400;

  @Test
  void restart_ofEverything_goesOnWhereItStood() {
    DatabaseSettings database = TestDatabase.fresh();
    StockKey key = new StockKey(new SaleId("restart"), 0);
    OrderKey held = new OrderKey(1, 1);
    Outcome.Reserved before;
    try (TestCluster cluster = new TestCluster(2, database)) {
      cluster.member(0).sales().publish(sale(key, 10, Duration.ofMinutes(5)));
      before = (Outcome.Reserved) execute(cluster, key, reserve(held, 2));
      execute(cluster, key, new ShardCommand.Restock("more", 5));
    }
    try (TestCluster cluster = new TestCluster(2, database)) {
      Outcome.Found after = (Outcome.Found) execute(cluster, key, new ShardCommand.Find(held));
      assertThat(after.order()).isEqualTo(before.order());
      assertThat(after.durable()).isTrue();
      assertThat(report(cluster, key).counts().available()).isEqualTo(13);
      assertThat(execute(cluster, key, new ShardCommand.Restock("more", 5)))
          .as("a repeat across the restart changes nothing")
          .isInstanceOf(Outcome.Reported.class);
      assertThat(report(cluster, key).counts().issued()).isEqualTo(15);
      assertThat(((Outcome.Reserved) execute(cluster, key, reserve(held, 2))).replayed()).isTrue();
    }
  }

  @Test
  void restart_whileAHoldRunsOut_endsItAtItsDeadline() {
    DatabaseSettings database = TestDatabase.fresh();
    StockKey key = new StockKey(new SaleId("deadline"), 0);
    OrderKey held = new OrderKey(1, 1);
    try (TestCluster cluster = new TestCluster(2, database)) {
      cluster.member(0).sales().publish(sale(key, 10, Duration.ofSeconds(1)));
      execute(cluster, key, reserve(held, 2));
    }
    try (TestCluster cluster = new TestCluster(2, database)) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> stateOf(cluster, key, held) == OrderState.EXPIRED);
      assertThat(report(cluster, key).counts().available()).isEqualTo(10);
    }
  }

  @Test
  void crash_ofOneOfThreeUnderLoad_losesNoAcknowledgedOrderAndSellsNoUnitTwice() {
    StockKey key = new StockKey(new SaleId("crash"), 0);
    try (TestCluster cluster = new TestCluster(3, TestDatabase.fresh())) {
      cluster.member(0).sales().publish(sale(key, 1_000, Duration.ofMinutes(5)));
      List<CompletableFuture<Outcome>> answers = new ArrayList<>();
      answers.addAll(wave(cluster.member(0), key, 1));
      answers.addAll(wave(cluster.member(1), key, 2));
      cluster.crash(ownerOf(cluster, key));
      answers.addAll(wave(cluster.member(0), key, 3));
      answers.addAll(wave(cluster.member(1), key, 4));

      List<Outcome> outcomes = answers.stream().map(CompletableFuture::join).toList();
      List<OrderKey> sold = sold(outcomes);
      for (OrderKey order : sold) {
        assertThat(execute(cluster, key, new ShardCommand.Find(order)))
            .isInstanceOf(Outcome.Found.class);
      }
      ShardReport report = report(cluster, key);
      assertThat(report.counts().balanced()).isTrue();
      assertThat(report.counts().held()).isGreaterThanOrEqualTo(sold.size()).isEqualTo(1_000);
      assertSettles(cluster, key);
    }
  }

  @Test
  void outageOfTheDatabase_stopsNoPurchaseAndLosesNothing(@TempDir Path folder) throws Exception {
    StockKey key = new StockKey(new SaleId("outage"), 0);
    EmbeddedDatabase server = EmbeddedDatabase.start(folder, OptionalInt.empty());
    int port = server.port();
    DatabaseSettings database =
        new DatabaseSettings(server.url(), server.user(), server.password(), 4);
    try (TestCluster cluster = new TestCluster(2, database)) {
      cluster.member(0).sales().publish(sale(key, 10_000, Duration.ofMinutes(5)));
      join(wave(cluster.member(0), key, 1));
      server.stop();
      List<Outcome> meanwhile = join(wave(cluster.member(1), key, 2));
      assertThat(sold(meanwhile)).hasSize(WAVE);
      assertThat(execute(cluster, key, new ShardCommand.Find(sold(meanwhile).getFirst())))
          .isInstanceOfSatisfying(
              Outcome.Found.class, found -> assertThat(found.durable()).isFalse());

      server = EmbeddedDatabase.start(folder, OptionalInt.of(port));
      assertSettles(cluster, key);
      assertThat(stored(cluster, key).counts().held()).isEqualTo(2 * WAVE);
    } finally {
      server.stop();
    }
  }

  @Test
  void loading_whenItsNodeDiedHalfway_isDoneAgain() {
    DatabaseSettings database = TestDatabase.fresh();
    StockKey key = new StockKey(new SaleId("halfway"), 0);
    try (TestCluster cluster = new TestCluster(2, database);
        Database connections = Database.open(database)) {
      cluster.member(0).sales().publish(sale(key, 10_000, Duration.ofMinutes(5)));
      join(wave(cluster.member(0), key, 1));
      assertSettles(cluster, key);

      assertThat(new ShardTable(connections).load(key)).as("read, but never put").isPresent();

      assertThat(sold(join(wave(cluster.member(1), key, 2)))).hasSize(WAVE);
      assertSettles(cluster, key);
    }
  }

  @Test
  void fork_whenTheDatabaseHasAnotherHistory_stopsTheShardAndKeepsWhatItHad() throws SQLException {
    DatabaseSettings database = TestDatabase.fresh();
    StockKey key = new StockKey(new SaleId("fork"), 0);
    OrderKey lost = new OrderKey(7, 7);
    try (TestCluster cluster = new TestCluster(2, database)) {
      cluster.member(0).sales().publish(sale(key, 10_000, Duration.ofMinutes(5)));
      join(wave(cluster.member(0), key, 1));
      assertSettles(cluster, key);
      try (Connection sql =
              DriverManager.getConnection(database.url(), database.user(), database.password());
          Statement statement = sql.createStatement()) {
        statement.executeUpdate("UPDATE shards SET chain = REPEAT('x', 32)");
      }

      assertThat(execute(cluster, key, reserve(lost, 1))).isInstanceOf(Outcome.Reserved.class);

      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(execute(cluster, key, reserve(new OrderKey(8, 8), 1)))
                  .isEqualTo(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE)));
      assertThat(cluster.deadLetters())
          .anySatisfy(letter -> {
            assertThat(letter.change().orders()).anyMatch(order -> order.key().equals(lost));
            assertThat(letter.reason()).contains("do not follow");
          });
    }
  }

  @Test
  void joinAndLeaveUnderLoad_failNoPurchase() {
    StockKey key = new StockKey(new SaleId("join"), 0);
    try (TestCluster cluster = new TestCluster(2, TestDatabase.fresh())) {
      cluster.member(0).sales().publish(sale(key, 10_000, Duration.ofMinutes(5)));
      List<CompletableFuture<Outcome>> answers = new ArrayList<>(wave(cluster.member(0), key, 1));
      cluster.startOne();
      answers.addAll(wave(cluster.member(0), key, 2));
      answers.addAll(wave(cluster.member(2), key, 3));
      join(answers);
      cluster.awaitReady();
      int leaver = ownerOf(cluster, key);
      GridMember stays = cluster.member(leaver == 0 ? 1 : 0);
      answers.addAll(wave(stays, key, 4));
      cluster.leave(leaver);
      answers.addAll(wave(stays, key, 5));

      assertThat(sold(join(answers))).hasSize(5 * WAVE);
      assertSettles(cluster, key);
    }
  }

  static void assertSettles(TestCluster cluster, StockKey key) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          ShardReport grid = report(cluster, key);
          AuditedShard stored = stored(cluster, key);
          assertThat(stored.seq()).isEqualTo(grid.seq());
          assertThat(stored.chain()).isEqualTo(grid.chain());
          assertThat(stored.counts()).isEqualTo(grid.counts());
          assertThat(stored.heldByOrders()).isEqualTo(grid.counts().held());
          assertThat(stored.buyersOverLimit()).isZero();
        });
  }

  static AuditedShard stored(TestCluster cluster, StockKey key) {
    return cluster.stored().stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
  }

  /** The index of the member that owns the shard: the one that has worked on it as its owner. */
  static int ownerOf(TestCluster cluster, StockKey key) {
    for (int i = 0; i < cluster.members(); i++) {
      if (cluster.member(i).owns(key)) {
        return i;
      }
    }
    throw new AssertionError("nobody owns " + key);
  }

  static List<CompletableFuture<Outcome>> wave(GridMember member, StockKey key, int wave) {
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < WAVE; i++) {
      BuyerId buyer = new BuyerId("buyer-" + wave + "-" + i);
      answers.add(
          member.stock().execute(key, new ShardCommand.Reserve(new OrderKey(wave, i), buyer, 1)));
    }
    return answers;
  }

  static List<Outcome> join(List<CompletableFuture<Outcome>> answers) {
    return answers.stream().map(CompletableFuture::join).toList();
  }

  static List<OrderKey> sold(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Reserved.class::isInstance)
        .map(outcome -> ((Outcome.Reserved) outcome).order().key())
        .toList();
  }

  static Outcome execute(TestCluster cluster, StockKey key, ShardCommand command) {
    return cluster.member(0).stock().execute(key, command).join();
  }

  static ShardReport report(TestCluster cluster, StockKey key) {
    return ((Outcome.Reported) execute(cluster, key, new ShardCommand.Report())).report();
  }

  private static OrderState stateOf(TestCluster cluster, StockKey key, OrderKey order) {
    return ((Outcome.Found) execute(cluster, key, new ShardCommand.Find(order))).order().state();
  }

  static ShardCommand reserve(OrderKey order, int quantity) {
    return new ShardCommand.Reserve(order, new BuyerId("ann"), quantity);
  }

  static Sale sale(StockKey key, long quantity, Duration hold) {
    Instant now = Instant.now();
    return new Sale(
        key.sale(),
        "A sale",
        "",
        100,
        "EUR",
        quantity,
        new SaleTerms(now.minusSeconds(60), now.plusSeconds(3_600), 2, Reduction.RESERVE, hold, 1));
  }
}
