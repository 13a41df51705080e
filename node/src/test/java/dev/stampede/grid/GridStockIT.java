package dev.stampede.grid;

import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
}
