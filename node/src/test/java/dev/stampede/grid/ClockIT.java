package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Members whose clocks disagree. */
class ClockIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SALES = 6;
  private static final Duration DAY = Duration.ofDays(1);

  private final DatabaseSettings database = TestDatabase.fresh();

  @Test
  void member_whenItsClockJumpsADay_handsItsShardsOverAndNoSaleCloses() {
    try (TestCluster cluster = new TestCluster(3, database)) {
      TierSales sales = new TierSales(cluster);
      List<StockKey> keys = publish(sales);
      assertThat(owned(cluster, 2, keys)).isPositive();

      cluster.wall(2).shift(DAY);
      buyEach(sales, keys, 1);

      assertThat(cluster.member(2).clock().fault().orElse(""))
          .contains(" s ahead of the cluster's time");
      assertThat(cluster.member(2).clock().aheadMillis())
          .isCloseTo(DAY.toMillis(), within(TestCluster.MAX_CLOCK_SKEW.toMillis()));
      Awaitility.await().atMost(PATIENCE).until(() -> owned(cluster, 2, keys) == 0);
      assertThat(cluster.member(0).clock().fault()).isEmpty();
      assertThat(cluster.member(1).clock().fault()).isEmpty();

      cluster.wall(2).shift(Duration.ZERO);
      Awaitility.await().atMost(PATIENCE).until(() -> owned(cluster, 2, keys) > 0);
      assertThat(cluster.member(2).clock().fault()).isEmpty();
      buyEach(sales, keys, 2);
      assertThat(phases(cluster, keys)).containsOnly(SalePhase.OPEN);
    }
  }

  @Test
  void member_whenItsClockJumpsAndTooFewOthersAreThere_waitsForItsClock() {
    try (TestCluster cluster = new TestCluster(2, database)) {
      TierSales sales = new TierSales(cluster);
      List<StockKey> keys = publish(sales);
      cluster.wall(1).shift(DAY.negated());
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> cluster.member(1).clock().fault().isPresent());

      assertThat(owned(cluster, 1, keys)).isPositive();
      keys.stream()
          .filter(cluster.member(0)::owns)
          .forEach(key ->
              assertThat(sales.buy(key, new OrderKey(1, 1))).isInstanceOf(Outcome.Reserved.class));
      cluster.wall(1).shift(Duration.ZERO);
      buyEach(sales, keys, 2);
    }
  }

  @Test
  void start_whenTheClockIsADayAhead_isRefused() {
    try (TestCluster cluster = new TestCluster(1, database)) {
      ShiftedClock wall = new ShiftedClock();
      wall.shift(DAY);

      assertThatThrownBy(() -> cluster.startOne(wall))
          .isInstanceOf(GridStartException.class)
          .hasMessageContaining("this node does not join")
          .hasMessageContaining("the database");
      assertThat(cluster.member(0).members()).isEqualTo(1);
    }
  }

  @Test
  void member_whenItIsAloneAndTheDatabaseDisagrees_trustsNeither() {
    try (TestCluster cluster = new TestCluster(1, database)) {
      cluster.wall(0).shift(DAY);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> cluster.member(0).clock().fault().orElse("").startsWith("no majority"));
      cluster.wall(0).shift(Duration.ZERO);
      Awaitility.await().atMost(PATIENCE).until(() -> cluster.member(0).clock().fault().isEmpty());
    }
  }

  private static List<StockKey> publish(TierSales sales) {
    return IntStream.range(0, SALES)
        .mapToObj(i -> sales.publish("sale-" + i, Tier.STANDARD))
        .toList();
  }

  private static void buyEach(TierSales sales, List<StockKey> keys, long order) {
    for (StockKey key : keys) {
      assertThat(sales.buy(key, new OrderKey(order, order)))
          .as("%s", key)
          .isInstanceOf(Outcome.Reserved.class);
    }
  }

  private static long owned(TestCluster cluster, int index, List<StockKey> keys) {
    return keys.stream().filter(cluster.member(index)::owns).count();
  }

  private static List<SalePhase> phases(TestCluster cluster, List<StockKey> keys) {
    return keys.stream()
        .map(key -> cluster.member(0).stock().execute(key, new ShardCommand.View()).join())
        .map(outcome -> ((Outcome.Viewed) outcome).view().phase())
        .toList();
  }
}
