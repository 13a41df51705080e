package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockContract;
import dev.stampede.stock.StockKey;
import java.time.Duration;
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
