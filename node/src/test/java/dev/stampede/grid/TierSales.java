package dev.stampede.grid;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sales of both tiers in a cluster, and how one buys from them there. */
record TierSales(TestCluster cluster) {

  private static final BuyerId ANN = new BuyerId("ann");

  /** Publishes a sale that is open; its only shard. */
  StockKey publish(String id, Tier tier) {
    cluster.member(0).sales().publish(sale(id, tier));
    return new StockKey(new SaleId(id), 0);
  }

  static Sale sale(String id, Tier tier) {
    Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    SaleTerms terms =
        new SaleTerms(
            now.minusSeconds(60),
            now.plusSeconds(3_600),
            5,
            Reduction.RESERVE,
            Duration.ofMinutes(5),
            1);
    return new Sale(new SaleId(id), "A sale", "", 100, "EUR", 10, terms, Optional.empty(), tier);
  }

  /** Buys one unit; whether that is known to be in the database within ten seconds. */
  boolean buyDurably(StockKey key, OrderKey order) {
    Outcome outcome =
        cluster
            .member(0)
            .stock()
            .executeDurably(key, new ShardCommand.Reserve(order, ANN, 1), DurableWaits.MOST)
            .join();
    return ((Outcome.Reserved) outcome).durable();
  }

  Outcome buy(StockKey key, OrderKey order) {
    return execute(key, new ShardCommand.Reserve(order, ANN, 1));
  }

  Outcome find(StockKey key, OrderKey order) {
    return execute(key, new ShardCommand.Find(order));
  }

  private Outcome execute(StockKey key, ShardCommand command) {
    return cluster.member(0).stock().execute(key, command).join();
  }

  /** Whether the map of a tier has a shard. */
  boolean isIn(Tier tier, StockKey key) {
    return GridMaps.of(cluster.hazelcast(0)).stock(tier).containsKey(key);
  }
}
