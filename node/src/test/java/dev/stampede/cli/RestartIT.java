package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.ShardTable;
import dev.stampede.persistence.StoreResult;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.ShardBounds;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is killed, and there is much to come back. */
@Tag("long")
final class RestartIT {

  private static final int ORDERS = 1_000_000;
  private static final int BUYERS = 20_000;
  private static final int ORDERS_PER_CHANGE = 500;
  private static final int CHANGES_PER_WRITE = 10;
  private static final Duration PROMISED = Duration.ofSeconds(60);
  private static final StockKey SHARD = new StockKey(new SaleId("much"), 0);
  private static final String SALE =
      """
      sales:
        - id: much
          title: Much to come back
          price: 1.00
          currency: EUR
          quantity: 2000000
          opensIn: 0s
          closesIn: 2h
          limitPerBuyer: 1000
          reduction: RESERVE
          hold: 2h
      """;

  @TempDir private Path data;

  @Test
  void restart_ofEverythingWithAMillionOrders_sellsWithinAMinute() throws IOException {
    try (Program up = Program.start(data, "up", "--nodes", "3")) {
      up.awaitOutput("ready in ");
      Path sales = Files.writeString(data.resolve("sales.yaml"), SALE);
      try (Program sale = Program.start(data, "sale", "import", sales.toString())) {
        assertThat(sale.awaitEnd(PROMISED)).as(sale.output()).isZero();
      }
    } // which kills all of it
    fill();

    long begun = System.nanoTime();
    try (Program up = Program.start(data, "up", "--nodes", "3");
        Shopper shopper = new Shopper(new TestShell(data, Map.of()).shell())) {
      await()
          .atMost(PROMISED)
          .pollInterval(Duration.ofMillis(100))
          .until(() ->
              shopper
                  .buy("http://127.0.0.1:8080", "much", "first")
                  .map(HttpResponse::statusCode)
                  .equals(Optional.of(201)));
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          Locale.ROOT, "first purchase after a restart with %,d orders: %.1f s%n", ORDERS, seconds);
      up.awaitOutput("ready in ");
      try (Program verify = Program.start(data, "verify")) {
        assertThat(verify.awaitEnd(PROMISED)).as(verify.output()).isZero();
      }
      up.stop();
      up.awaitNothingLeft();
    }
  }

  /** Writes what a sale would have left. */
  private void fill() throws IOException {
    DatabaseProcess server =
        DatabaseProcess.start(new TestShell(data, Map.of()).shell().folders(), OptionalInt.empty());
    DatabaseSettings login =
        new DatabaseSettings(server.url(), server.user(), server.password(), 2);
    try (Database database = Database.connect(login)) {
      ShardTable table = new ShardTable(database);
      StockShard shard = new StockShard(table.load(SHARD).orElseThrow());
      for (int from = 0; from < ORDERS; from += CHANGES_PER_WRITE * ORDERS_PER_CHANGE) {
        List<ShardChange> changes = new ArrayList<>();
        for (int i = 0; i < CHANGES_PER_WRITE; i++) {
          changes.add(sell(shard, from + i * ORDERS_PER_CHANGE));
        }
        assertThat(table.store(SHARD, shard.epochs(), changes))
            .isInstanceOf(StoreResult.Stored.class);
        shard.unstored().stored(shard.head().seq());
      }
    }
    server.stop();
  }

  private static ShardChange sell(StockShard shard, int from) {
    List<ShardCommand> commands = new ArrayList<>();
    for (int order = from; order < from + ORDERS_PER_CHANGE; order++) {
      BuyerId buyer = new BuyerId("buyer-" + order % BUYERS);
      OrderKey key = new OrderKey(order * 0x9E3779B97F4A7C15L, order); // spread, as real ones are
      commands.add(new ShardCommand.Reserve(key, buyer, 1));
    }
    ShardChange change =
        shard
            .decide(commands, System.currentTimeMillis(), new ShardBounds(ORDERS, ORDERS))
            .change()
            .orElseThrow();
    assertThat(change.orders()).hasSize(ORDERS_PER_CHANGE);
    assertThat(shard.apply(change)).isTrue();
    return change;
  }
}
