package dev.stampede.grid;

import static dev.stampede.grid.GridFaultsIT.join;
import static dev.stampede.grid.GridFaultsIT.report;
import static dev.stampede.grid.GridFaultsIT.sale;
import static dev.stampede.grid.GridFaultsIT.sold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A shard that is put into the grid in several calls. */
final class LargeShardIT {

  private static final StockKey KEY = new StockKey(new SaleId("large"), 0);
  private static final int ORDERS = ShardInstaller.ORDERS_PER_CALL + 1;
  private static final int WAVE = 5_000;

  @Test
  void restart_withOrdersOfSeveralCalls_findsAllOfThem() {
    DatabaseSettings database = TestDatabase.fresh();
    try (TestCluster cluster = new TestCluster(2, database)) {
      cluster.member(0).sales().publish(sale(KEY, 100_000, Duration.ofMinutes(30)));
      for (int first = 0; first < ORDERS; first += WAVE) {
        int end = Math.min(first + WAVE, ORDERS);
        assertThat(sold(join(reserve(cluster.member(0), first, end)))).hasSize(end - first);
      }
    }
    try (TestCluster cluster = new TestCluster(2, database)) {
      assertThat(report(cluster, KEY).orders()).isEqualTo(ORDERS);
      assertThat(report(cluster, KEY).counts().held()).isEqualTo(ORDERS);
      assertThat(sold(join(reserve(cluster.member(0), ORDERS, ORDERS + 1)))).hasSize(1);
    }
  }

  private static List<CompletableFuture<Outcome>> reserve(GridMember member, int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(i -> new ShardCommand.Reserve(key(i), new BuyerId("buyer-" + i), 1))
        .map(command -> member.stock().execute(KEY, command))
        .toList();
  }

  private static OrderKey key(int number) {
    return new OrderKey(number, ~number);
  }
}
