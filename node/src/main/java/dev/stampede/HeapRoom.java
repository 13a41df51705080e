package dev.stampede;

import dev.stampede.http.SaleRoom;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether the planned heap has room for more units, given what is on sale now. It asks every shard
 * of every sale that is not over: restocks, and orders that ended and stay in memory, are known to
 * the shards alone. For {@link #KNOWN_FOR} it goes by what it has heard and accepted since, so that
 * a thousand sales published one after the other do not each ask all before them.
 *
 * <p>Any thread may ask; it blocks for {@link #PATIENCE} at most.
 */
final class HeapRoom implements SaleRoom {

  /** How long a shard may take to answer. What does not answer counts as it was published. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long an answer of the shards counts, with what was accepted since. */
  private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

  private final HeapPlan plan;
  private final Supplier<List<Sale>> sales;
  private final Stock stock;
  private final Clock clock;
  private long orders;
  private long askedAt = Long.MIN_VALUE;

  HeapRoom(HeapPlan plan, Supplier<List<Sale>> sales, Stock stock, Clock clock) {
    this.plan = plan;
    this.sales = sales;
    this.stock = stock;
    this.clock = clock;
  }

  @Override
  public synchronized Optional<String> refusal(long units) {
    long now = clock.millis();
    if (now < askedAt || now >= askedAt + KNOWN_FOR.toMillis()) {
      orders = ask(now);
      askedAt = now;
    }
    Optional<String> refusal = plan.refusal(units, orders);
    orders += refusal.isEmpty() ? units : 0;
    return refusal;
  }

  private long ask(long now) {
    List<Sale> open = sales.get().stream().filter(sale -> !sale.isOver(now)).toList();
    List<CompletableFuture<Long>> asked = open.stream().map(this::orders).toList();
    return asked.stream().mapToLong(CompletableFuture::join).sum();
  }

  /** How many orders a sale may come to, as far as it is known now. */
  private CompletableFuture<Long> orders(Sale sale) {
    List<CompletableFuture<Outcome>> shards =
        StockKey.all(sale.id(), sale.terms().shards()).stream()
            .map(shard -> stock.execute(shard, new ShardCommand.Report()))
            .toList();
    return CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new))
        .thenApply(_ -> orders(sale, shards.stream().map(CompletableFuture::join).toList()))
        .completeOnTimeout(sale.quantity(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static long orders(Sale sale, List<Outcome> answers) {
    long orders = 0;
    for (Outcome answer : answers) {
      if (!(answer instanceof Outcome.Reported reported)) {
        return sale.quantity();
      }
      orders += orders(reported.report());
    }
    return orders;
  }

  /** Those that it has had, and one for each unit left; units that are held may come back. */
  private static long orders(ShardReport report) {
    long left = report.orders() + report.counts().available();
    return Math.max(left, report.counts().issued() - report.counts().withdrawn());
  }
}
