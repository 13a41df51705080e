package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.mapstore.MapStoreContext;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.AuditTable;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Dedicated sales have a map and a store of their own, with every promise of the other. */
class DedicatedSaleIT {

  private static final OrderKey FIRST = new OrderKey(1, 1);
  private static final OrderKey SECOND = new OrderKey(2, 2);

  private final DatabaseSettings database = TestDatabase.fresh();

  @Test
  void shards_always_liveInTheMapOfTheirTierAlsoAfterDeathsAndAFullRestart() {
    StockKey standard;
    StockKey dedicated;
    try (TestCluster cluster = new TestCluster(3, database)) {
      TierSales sales = new TierSales(cluster);
      standard = sales.publish("standard", Tier.STANDARD);
      dedicated = sales.publish("dedicated", Tier.DEDICATED);
      assertThat(sales.buyDurably(standard, FIRST)).isTrue();
      assertThat(sales.buyDurably(dedicated, FIRST)).isTrue();
      assertThat(sales.buy(dedicated, SECOND)).isInstanceOf(Outcome.Reserved.class);
      assertPlaces(sales, standard, dedicated);

      cluster.crash(cluster.replica(dedicated, 0));

      assertThat(sales.find(dedicated, FIRST)).isInstanceOf(Outcome.Found.class);
      assertThat(sales.find(dedicated, SECOND)).isInstanceOf(Outcome.Found.class);
      assertPlaces(sales, standard, dedicated);
    }
    assertThat(stored(dedicated)).isEqualTo(2);

    try (TestCluster cluster = new TestCluster(2, database)) {
      TierSales sales = new TierSales(cluster);
      assertPlaces(sales, standard, dedicated); // a node loads all before it is ready
      assertThat(sales.find(dedicated, SECOND))
          .isInstanceOfSatisfying(
              Outcome.Found.class, found -> assertThat(found.durable()).isTrue());
      assertThat(sales.buy(dedicated, new OrderKey(3, 3))).isInstanceOf(Outcome.Reserved.class);
    }
    assertThat(stored(dedicated)).isEqualTo(3);
    assertThat(stored(standard)).isEqualTo(1);
  }

  private static void assertPlaces(TierSales sales, StockKey standard, StockKey dedicated) {
    assertThat(sales.isIn(Tier.STANDARD, standard)).isTrue();
    assertThat(sales.isIn(Tier.DEDICATED, standard)).isFalse();
    assertThat(sales.isIn(Tier.DEDICATED, dedicated)).isTrue();
    assertThat(sales.isIn(Tier.STANDARD, dedicated)).isFalse();
  }

  @Test
  void loss_ofAllReplicas_bringsTheShardBackFrozenIntoItsMap() {
    try (TestCluster cluster = new TestCluster(3, database)) {
      TierSales sales = new TierSales(cluster);
      StockKey key = sales.publish("lost", Tier.DEDICATED);
      assertThat(sales.buyDurably(key, FIRST)).isTrue();

      cluster.crashReplicas(key);
      cluster.startOne();
      cluster.awaitReady();

      assertThat(sales.find(key, FIRST)).isInstanceOf(Outcome.Found.class);
      assertThat(sales.buy(key, SECOND)).isEqualTo(new Outcome.Frozen());
      assertThat(sales.isIn(Tier.DEDICATED, key)).isTrue();
      assertThat(sales.isIn(Tier.STANDARD, key)).isFalse();
      long losses =
          IntStream.range(0, cluster.members())
              .mapToLong(i -> cluster.member(i).figures().losses())
              .sum();
      assertThat(losses).isEqualTo(1);
    }
  }

  /** Each of them waits five seconds for its row: the one store is stuck for twenty. */
  @Test
  void store_ofStandardSalesWhenStuck_holdsUpNoDedicatedOne() throws SQLException {
    try (TestCluster cluster = new TestCluster(1, database)) {
      TierSales sales = new TierSales(cluster);
      List<StockKey> stuck =
          IntStream.range(0, 4).mapToObj(i -> sales.publish("stuck-" + i, Tier.STANDARD)).toList();
      StockKey dedicated = sales.publish("dedicated", Tier.DEDICATED);
      stuck.forEach(key -> assertThat(sales.buyDurably(key, FIRST)).isTrue());
      assertThat(sales.buyDurably(dedicated, FIRST)).isTrue();
      try (Connection sql =
              DriverManager.getConnection(database.url(), database.user(), database.password());
          Statement statement = sql.createStatement()) {
        sql.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        sql.setAutoCommit(false);
        var _ =
            statement.executeQuery("SELECT seq FROM shards WHERE sale LIKE 'stuck%' FOR UPDATE");
        stuck.forEach(key -> sales.buy(key, SECOND));
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> cluster.member(0).figures().storeFailures() > 0);

        assertThat(sales.buyDurably(dedicated, SECOND)).isTrue();

        assertThat(stuck)
            .allSatisfy(
                key -> assertThat(((Outcome.Found) sales.find(key, SECOND)).durable()).isFalse());
      }
    }
    assertThat(stored(new StockKey(new SaleId("stuck-0"), 0))).isEqualTo(2);
  }

  @Test
  void store_ofDedicatedSales_isItsOwnAndAsConfigured() {
    try (TestCluster cluster = new TestCluster(1, database)) {
      MapStoreContext standard = store(cluster, GridMaps.STOCK);
      MapStoreContext dedicated = store(cluster, GridMaps.DEDICATED_STOCK);

      assertThat(dedicated.getMapStoreConfig().getWriteDelaySeconds())
          .isEqualTo(TestCluster.DEDICATED.store().delaySeconds())
          .isNotEqualTo(standard.getMapStoreConfig().getWriteDelaySeconds());
      assertThat(dedicated.getMapStoreConfig().getWriteBatchSize())
          .isEqualTo(TestCluster.DEDICATED.store().batch())
          .isNotEqualTo(standard.getMapStoreConfig().getWriteBatchSize());
      assertThat(dedicated.getMapStoreWrapper().getImpl())
          .isInstanceOf(StockShardStore.class)
          .isNotSameAs(standard.getMapStoreWrapper().getImpl());
    }
  }

  @Test
  void map_ofDedicatedSales_isThatOfTheOthersButForTheSettingsOfItsStore() {
    try (TestCluster cluster = new TestCluster(1, database)) {
      Config config = cluster.hazelcast(0).getConfig();
      MapConfig stock = config.findMapConfig(GridMaps.STOCK);
      MapConfig apart = config.findMapConfig(GridMaps.DEDICATED_STOCK);
      MapStoreConfig storeOfStock = stock.getMapStoreConfig();
      MapStoreConfig store =
          new MapStoreConfig(apart.getMapStoreConfig())
              .setWriteDelaySeconds(storeOfStock.getWriteDelaySeconds())
              .setWriteBatchSize(storeOfStock.getWriteBatchSize())
              .setImplementation(storeOfStock.getImplementation());

      assertThat(new MapConfig(apart).setName(GridMaps.STOCK).setMapStoreConfig(store))
          .isEqualTo(stock);
    }
  }

  /** What a member really does, which need not be what its configuration says. */
  private static MapStoreContext store(TestCluster cluster, String map) {
    MapService maps = Util.getNodeEngine(cluster.hazelcast(0)).getService(MapService.SERVICE_NAME);
    return maps.getMapServiceContext().getMapContainer(map).getMapStoreContext();
  }

  private long stored(StockKey key) {
    try (Database connections = Database.connect(database)) {
      return new AuditTable(connections)
          .shards(List.of()).stream()
              .filter(shard -> shard.key().equals(key))
              .mapToLong(shard -> shard.counts().held())
              .sum();
    }
  }
}
