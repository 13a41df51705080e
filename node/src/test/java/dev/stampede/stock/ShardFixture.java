package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Shards for tests, and one-command decisions that are applied at once. */
public final class ShardFixture {

  public static final long OPENS = 1_000_000;
  public static final long CLOSES = 2_000_000;
  public static final long HOLD = 10_000;
  public static final int LIMIT = 2;

  /** Wider than any test gets that is not about them. */
  public static final ShardBounds BOUNDS = new ShardBounds(1_000_000, 1_000);

  public static final BuyerId ANN = new BuyerId("ann");
  public static final BuyerId BOB = new BuyerId("bob");
  public static final PaymentId PAYMENT = new PaymentId("pay-1");

  private ShardFixture() {}

  public static StockShard shard(long units, Reduction reduction) {
    SaleTerms terms =
        new SaleTerms(
            Instant.ofEpochMilli(OPENS),
            Instant.ofEpochMilli(CLOSES),
            LIMIT,
            reduction,
            Duration.ofMillis(HOLD),
            1);
    return atWork(fresh(new StockKey(new SaleId("sale"), 0), terms, units));
  }

  /** A shard that was read, and put to work. */
  public static StockShard atWork(ShardSnapshot read) {
    StockShard shard = new StockShard(read);
    shard.prove(read.head().epoch());
    return shard;
  }

  /** A shard as it is read from the database for the first time. */
  public static ShardSnapshot fresh(StockKey key, SaleTerms terms, long units) {
    ShardChange.Header head =
        new ShardChange.Header(key, 1, 0, 0, ShardCounts.issued(units), false, false);
    return new ShardSnapshot(
        terms, head, 0, ChainHash.GENESIS, List.of(), List.of(), List.of(), List.of(), 0);
  }

  public static OrderKey key(long number) {
    return new OrderKey(number, ~number);
  }

  public static ShardCommand.Reserve reserve(long number, BuyerId buyer, int quantity) {
    return new ShardCommand.Reserve(key(number), buyer, quantity);
  }

  /** Decides one command and applies what it changes. */
  public static Outcome execute(StockShard shard, long now, ShardCommand command) {
    return execute(shard, now, command, BOUNDS);
  }

  static Outcome execute(StockShard shard, long now, ShardCommand command, ShardBounds bounds) {
    Decision decision = shard.decide(List.of(command), now, bounds);
    decision.change().ifPresent(shard::apply);
    return decision.outcomes().getFirst();
  }
}
