package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reads of hot and of cold sales, on three members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HotViewsIT {

  /** A view lives for 1 s at least, and is renewed twice as often. */
  private static final Duration STOOD_STILL = Duration.ofMillis(300);

  private static final int NODES = 3;
  private static final int UNITS = 5;
  private static final int MANY = 1_000_000;
  private static final ShardCommand VIEW = new ShardCommand.View();

  private TestCluster cluster;
  private StockKey key;
  private int sales;

  @BeforeAll
  void start() {
    cluster = new TestCluster(NODES, TestDatabase.fresh());
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @BeforeEach
  void publish() {
    SaleId id = new SaleId("sale-" + ++sales);
    key = new StockKey(id, 0);
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(
            now, now.plusSeconds(3_600), UNITS, Reduction.RESERVE, Duration.ofMinutes(5), 1);
    await().atMost(Duration.ofSeconds(20)).until(() -> cachedOnAll(0)); // of the test before
    cluster.member(0).sales().publish(new Sale(id, "A sale", "", 100, "EUR", UNITS, terms));
  }

  @AfterEach
  void cool() {
    cluster.heat().remove(key.sale().value());
  }

  @Test
  void read_ofColdSales_leavesEveryNearCacheEmpty() {
    for (int i = 0; i < MANY; i++) {
      assertThat(view(i % NODES).available()).isEqualTo(UNITS);
    }
    for (int node = 0; node < NODES; node++) {
      assertThat(cached(node)).isZero();
    }
  }

  @Test
  void read_ofAHotSale_leavesItsOwnerAlone() {
    heatUp();
    long before = laneCommands();
    for (int i = 0; i < MANY; i++) {
      assertThat(view(i % NODES).available()).isEqualTo(UNITS);
    }
    // One each 50 ms by the owner itself, whoever reads; a cold sale is asked for by each node.
    assertThat(laneCommands() - before).isLessThan(MANY / 1_000);
  }

  @Test
  void heat_onAnyNode_isInEveryNearCacheWithoutAReader() {
    heatUp();
    await().pollDelay(Duration.ofSeconds(3)).until(() -> true); // longer than a view may live

    await().until(() -> cachedOnAll(1));
  }

  @Test
  void view_ofAHotSale_isNeverMissing() {
    heatUp();
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    long last = System.nanoTime();
    while (last < end) {
      for (int node = 0; node < NODES; node++) {
        Object view = cluster.hazelcast(node).getMap(GridMaps.VIEWS).get(key);
        long now = System.nanoTime();
        if (view == null && now - last > STOOD_STILL.toNanos()) {
          heatUp(); // all threads of this JVM stood still, the owner's too
        } else {
          assertThat(view).isNotNull();
        }
        last = System.nanoTime();
      }
    }
  }

  @Test
  void change_ofAHotSale_reachesEveryNode() {
    heatUp();
    for (int left = UNITS - 1; left >= 0; left--) {
      buy(left);
      int expected = left;
      awaitOnAll(view -> view.available() == expected);
    }
    execute(new ShardCommand.Restock("again", 1));
    awaitOnAll(view -> view.available() == 1);
    execute(new ShardCommand.Close());
    awaitOnAll(view -> view.phase() == SalePhase.CLOSED);
  }

  @Test
  void cold_afterHeat_leavesEveryNearCache() {
    heatUp();

    cool();

    await().atMost(Duration.ofSeconds(20)).until(() -> cachedOnAll(0));
    assertThat(view(0).available()).isEqualTo(UNITS);
  }

  private void heatUp() {
    cluster.heat().add(key.sale().value());
    IntStream.range(0, NODES).forEach(node -> cluster.member(node).hurryViews());
    await().until(() -> cachedOnAll(1));
  }

  private void awaitOnAll(Predicate<StockView> right) {
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> IntStream.range(0, NODES).mapToObj(this::view).allMatch(right));
  }

  private boolean cachedOnAll(int sales) {
    return IntStream.range(0, NODES).allMatch(node -> cached(node) == sales);
  }

  private long cached(int node) {
    return cluster
        .hazelcast(node)
        .getMap(GridMaps.VIEWS)
        .getLocalMapStats()
        .getNearCacheStats()
        .getOwnedEntryCount();
  }

  private long laneCommands() {
    return IntStream.range(0, NODES)
        .mapToLong(node -> cluster.member(node).figures().laneCommands())
        .sum();
  }

  private StockView view(int node) {
    Outcome outcome = cluster.member(node).stock().execute(key, VIEW).join();
    return ((Outcome.Viewed) outcome).view();
  }

  private void buy(int number) {
    BuyerId buyer = new BuyerId("buyer-" + number);
    execute(new ShardCommand.Reserve(new OrderKey(sales, number), buyer, 1));
  }

  private void execute(ShardCommand command) {
    Outcome _ = cluster.member(1).stock().execute(key, command).join();
  }
}
