package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.RecoverySettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** More nodes die at once than there are backups. */
class LostShardIT {

  private static final BuyerId ANN = new BuyerId("ann");
  private static final OrderKey DURABLE = new OrderKey(1, 1);
  private static final OrderKey REPLICATED = new OrderKey(2, 2);
  private static final StockKey KEY = new StockKey(new SaleId("lost"), 0);

  private final DatabaseSettings database = TestDatabase.fresh();

  @Test
  void loss_ofAllReplicas_bringsTheShardBackFrozenAsTheDatabaseHasIt() throws SQLException {
    try (TestCluster cluster = new TestCluster(3, database)) {
      loseAfterTwoOrders(cluster);

      assertThat(execute(cluster, new ShardCommand.Find(DURABLE)))
          .isInstanceOfSatisfying(
              Outcome.Found.class, found -> assertThat(found.durable()).isTrue());
      assertThat(execute(cluster, new ShardCommand.Find(REPLICATED)))
          .isEqualTo(new Outcome.UnknownOrder());
      assertThat(execute(cluster, reserve(new OrderKey(3, 3)))).isEqualTo(new Outcome.Frozen());
      assertThat(execute(cluster, pay(REPLICATED)))
          .isInstanceOfSatisfying(
              Outcome.RefundDue.class,
              refund -> assertThat(refund.reason()).isEqualTo(Refund.Reason.SALE_FROZEN));
      assertThat(losses(cluster)).isEqualTo(1);

      execute(cluster, new ShardCommand.Freeze(false));
      assertThat(execute(cluster, reserve(new OrderKey(3, 3))))
          .isInstanceOf(Outcome.Reserved.class);
      assertThat(execute(cluster, pay(DURABLE))).isInstanceOf(Outcome.Paid.class);
    }
  }

  @Test
  void loss_whereSalesReopenByThemselves_sellsOnAndHonoursWhatWasPaidFor() throws SQLException {
    try (TestCluster cluster = new TestCluster(3, database, new RecoverySettings(true))) {
      loseAfterTwoOrders(cluster);

      assertThat(execute(cluster, pay(REPLICATED))).isInstanceOf(Outcome.LateHonoured.class);
      assertThat(execute(cluster, reserve(new OrderKey(3, 3))))
          .isInstanceOf(Outcome.Reserved.class);
      assertThat(losses(cluster)).isEqualTo(1);
    }
  }

  /** One order is in the database when all replicas go, the other is not. */
  private void loseAfterTwoOrders(TestCluster cluster) throws SQLException {
    cluster.member(0).sales().publish(sale());
    execute(cluster, reserve(DURABLE));
    Awaitility.await().until(() -> isDurable(cluster));
    try (Connection sql =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = sql.createStatement()) {
      sql.setAutoCommit(false);
      var _ = statement.executeQuery("SELECT seq FROM shards FOR UPDATE");
      assertThat(execute(cluster, reserve(REPLICATED))).isInstanceOf(Outcome.Reserved.class);
      cluster.crashReplicas(KEY);
    }
    cluster.startOne();
    cluster.awaitReady();
  }

  private static boolean isDurable(TestCluster cluster) {
    return ((Outcome.Found) execute(cluster, new ShardCommand.Find(DURABLE))).durable();
  }

  private static long losses(TestCluster cluster) {
    long losses = 0;
    for (int i = 0; i < cluster.members(); i++) {
      losses += cluster.member(i).figures().losses();
    }
    return losses;
  }

  private static Outcome execute(TestCluster cluster, ShardCommand command) {
    return cluster.member(0).stock().execute(KEY, command).join();
  }

  private static ShardCommand reserve(OrderKey order) {
    return new ShardCommand.Reserve(order, ANN, 1);
  }

  private static ShardCommand pay(OrderKey order) {
    return new ShardCommand.Pay(
        order, new PaymentId("pay-" + order), Optional.of(new ShardCommand.Claim(ANN, 1)));
  }

  private static Sale sale() {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(
            now.minusSeconds(60),
            now.plusSeconds(3_600),
            3,
            Reduction.RESERVE,
            Duration.ofMinutes(5),
            1);
    return new Sale(KEY.sale(), "A sale", "", 100, "EUR", 10, terms);
  }
}
