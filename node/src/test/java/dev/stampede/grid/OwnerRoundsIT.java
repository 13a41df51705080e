package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.SaleTable;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What shards need without anybody asking, while a part of the grid hangs. */
class OwnerRoundsIT {

  /** The list needs all members. What is overdue, and what has to expire, waits for no list. */
  @Test
  @SuppressWarnings("unchecked")
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void run_whenTheListOfSalesHangs_doesNotWaitForIt() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (TestCluster cluster = new TestCluster(1, TestDatabase.fresh());
        Database connections = Database.open(TestDatabase.fresh());
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor()) {
      IMap<SaleId, Sale> hanging = hanging(IMap.class, asked, released);
      GridSales sales = new GridSales(hanging, new SaleTable(connections), () -> true);
      ShardLane.LaneCalls calls = hanging(ShardLane.LaneCalls.class, asked, released);
      OwnerRounds rounds =
          new OwnerRounds(
              sales,
              new GridStock(sales, _ -> new GridStock.TierLanes(TestCluster.LANE, calls)),
              LocalShards.of(cluster.hazelcast(0)),
              cluster.hazelcast(0),
              blocking);

      for (int round = 0; round < 20; round++) {
        rounds.run();
      }

      await().until(() -> asked.getCount() == 0);
      assertThat(released.getCount()).isEqualTo(1);
      released.countDown();
    }
  }

  /** Something of this type that answers nothing until it is released. */
  private static <T> T hanging(Class<T> type, CountDownLatch asked, CountDownLatch released) {
    return type.cast(
        Proxy.newProxyInstance(
            OwnerRoundsIT.class.getClassLoader(),
            new Class<?>[] {type},
            (_, _, _) -> {
              asked.countDown();
              released.await();
              throw new IllegalStateException("it ends");
            }));
  }
}
