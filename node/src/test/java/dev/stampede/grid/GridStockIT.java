package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.SaleTable;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockContract;
import dev.stampede.stock.StockKey;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of any stock, on two members and a real database. */
class GridStockIT extends StockContract {

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(2, TestDatabase.fresh());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  protected Stock stock() {
    return cluster.member(1).stock();
  }

  @Override
  protected void publish(Sale sale) {
    cluster.member(0).sales().publish(sale);
  }

  @Test
  void reserve_whenTooManyOfItsBuyerAreOpen_isRefusedUntilOneIsPaid() {
    StockKey key = saleWithLimit(10);
    List<OrderKey> orders =
        Stream.generate(StockContract::fresh).limit(TestCluster.MOST_OPEN_ORDERS).toList();
    orders.forEach(order -> stock().execute(key, new ShardCommand.Reserve(order, ANN, 1)).join());
    ShardCommand.Reserve next = new ShardCommand.Reserve(fresh(), ANN, 1);

    assertThat(stock().execute(key, next).join())
        .isEqualTo(
            new Outcome.TooManyOpen(TestCluster.MOST_OPEN_ORDERS, TestCluster.MOST_OPEN_ORDERS));
    stock().execute(key, new ShardCommand.Pay(orders.getFirst(), new PaymentId("p"))).join();
    assertThat(stock().execute(key, next).join()).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void figures_onceAllIsStored_countAsManyOrdersStoredAsChanged() {
    StockKey key = openSale(5);
    ShardCommand.Reserve reserve = new ShardCommand.Reserve(fresh(), ANN, 1);

    stock().executeDurably(key, reserve, Duration.ofSeconds(10)).join();

    Awaitility.await()
        .untilAsserted(() -> {
          assertThat(sum(GridFigures::changedOrders)).isPositive();
          assertThat(sum(GridFigures::storedOrders)).isEqualTo(sum(GridFigures::changedOrders));
        });
  }

  /** The list of another member, which no timer looks after here. */
  @Test
  void list_whenAnotherMemberPublishes_isKnownToBeStaleUntilItIsRefreshed() {
    try (Database connections = Database.open(TestDatabase.fresh())) {
      IMap<SaleId, Sale> map = GridMaps.of(cluster.hazelcast(1)).sales();
      GridSales list = new GridSales(map, new SaleTable(connections), () -> true);
      list.begin();
      list.refresh();

      SaleId published = saleWithLimit(9).sale();

      Awaitility.await().until(list::isStale);
      list.refresh();
      assertThat(list.isStale()).isFalse();
      assertThat(list.all()).extracting(Sale::id).contains(published);
      SaleId next = saleWithLimit(9).sale();
      assertThat(list.current()).extracting(Sale::id).contains(next);
    }
  }

  /** The entry of the sale may be on a node that hangs. */
  @Test
  void find_whenTheSaleIsInTheList_asksNoOtherMember() {
    try (Database connections = Database.open(TestDatabase.fresh())) {
      SaleId published = saleWithLimit(8).sale();
      GridSales list =
          new GridSales(
              withoutGet(GridMaps.of(cluster.hazelcast(1)).sales()),
              new SaleTable(connections),
              () -> true);

      list.refresh();

      assertThat(list.find(published)).map(Sale::id).contains(published);
    }
  }

  @SuppressWarnings("unchecked")
  private static IMap<SaleId, Sale> withoutGet(IMap<SaleId, Sale> map) {
    return (IMap<SaleId, Sale>)
        Proxy.newProxyInstance(
            GridStockIT.class.getClassLoader(),
            new Class<?>[] {IMap.class},
            (_, method, arguments) -> {
              assertThat(method.getName()).isNotEqualTo("get");
              return method.invoke(map, arguments);
            });
  }

  private StockKey saleWithLimit(int limit) {
    Instant opens = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SaleTerms terms =
        new SaleTerms(
            opens,
            opens.plus(Duration.ofHours(1)),
            limit,
            Reduction.RESERVE,
            Duration.ofMinutes(1),
            1);
    SaleId id = new SaleId("limit-" + limit);
    publish(new Sale(id, "Many for one", "", 100, "EUR", 100, terms));
    return new StockKey(id, 0);
  }

  private static long sum(ToLongFunction<GridFigures> figure) {
    return Stream.of(0, 1).mapToLong(i -> figure.applyAsLong(cluster.member(i).figures())).sum();
  }

  @Test
  void reserve_whenWaitedFor_isToldOnceItIsDurable() {
    StockKey key = openSale(5);
    ShardCommand.Reserve reserve = new ShardCommand.Reserve(fresh(), ANN, 1);

    Outcome told = stock().executeDurably(key, reserve, Duration.ofSeconds(10)).join();

    assertThat(((Outcome.Reserved) told).durable()).isTrue();
    assertThat(cluster.stored())
        .anySatisfy(shard -> {
          assertThat(shard.key()).isEqualTo(key);
          assertThat(shard.counts().held()).isEqualTo(1);
        });
  }
}
