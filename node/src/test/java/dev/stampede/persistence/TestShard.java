package dev.stampede.persistence;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Epochs;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A sale of one shard, published in the database, and that shard as a node has it in memory. */
final class TestShard {

  /** Within the window of every sale here. */
  static final long NOON = Instant.parse("2030-06-01T12:00:00Z").toEpochMilli();

  static final Duration HOLD = Duration.ofSeconds(10);

  final Sale sale;
  final StockKey key;
  private StockShard shard;

  private TestShard(Sale sale, ShardSnapshot snapshot) {
    this.sale = sale;
    this.key = new StockKey(sale.id(), 0);
    this.shard = new StockShard(snapshot);
  }

  /** Publishes a sale of a name of its own, and loads its shard. */
  static TestShard publish(Reduction reduction, int units) {
    Sale sale = sale(UUID.randomUUID().toString(), reduction, units);
    new SaleTable(TestTables.shared()).publish(sale);
    return new TestShard(sale, load(new StockKey(sale.id(), 0)));
  }

  static Sale sale(String id, Reduction reduction, int units) {
    return new Sale(
        new SaleId(id),
        "Aurora headphones",
        "Limited edition – 40 % off 🎧",
        19_900,
        "EUR",
        units,
        new SaleTerms(
            Instant.ofEpochMilli(NOON).minusSeconds(60),
            Instant.ofEpochMilli(NOON).plusSeconds(86_400),
            3,
            reduction,
            HOLD,
            1));
  }

  /** The shard of a sale as it was published. */
  static StockShard neverLoaded(Sale sale) {
    ShardChange.Header head =
        new ShardChange.Header(
            new StockKey(sale.id(), 0), 0, 0, 0, ShardCounts.issued(sale.quantity()), false, false);
    return new StockShard(
        new ShardSnapshot(
            sale.terms(),
            head,
            0,
            ChainHash.GENESIS,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0));
  }

  private static ShardSnapshot load(StockKey key) {
    return new ShardTable(TestTables.shared()).load(key).orElseThrow();
  }

  /** Forgets the shard in memory, with all that is not stored, and loads it again. */
  void loadAgain() {
    shard = new StockShard(load(key));
  }

  /** The shard as another node loads it now. */
  TestShard loadedElsewhere() {
    return new TestShard(sale, load(key));
  }

  /** The same shard once more, as another node would have it that does not know of the first. */
  TestShard twin() {
    return new TestShard(sale, shard.snapshot());
  }

  int epoch() {
    return shard.head().epoch();
  }

  Epochs epochs() {
    return shard.epochs();
  }

  StockShard shard() {
    return shard;
  }

  /** One batch: decided, applied, and the change that came of it. */
  ShardChange run(long now, List<ShardCommand> commands) {
    ShardChange change = shard.decide(commands, now, ShardFixture.BOUNDS).change().orElseThrow();
    shard.apply(change);
    return change;
  }

  ShardChange run(ShardCommand... commands) {
    return run(NOON, List.of(commands));
  }

  /** So many changes, each with one order more. */
  List<ShardChange> orders(int from, int to) {
    List<ShardChange> changes = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      changes.add(run(reserve(number)));
    }
    return changes;
  }

  static ShardCommand.Reserve reserve(int number) {
    return new ShardCommand.Reserve(key(number), buyer(number), 1);
  }

  static ShardCommand.Pay pay(int number) {
    return new ShardCommand.Pay(key(number), PaymentId.of("pay-" + number));
  }

  static OrderKey key(int number) {
    long bits = number * 0x9E37_79B9_7F4A_7C15L; // spread over all 64 bits, the sign included
    return new OrderKey(bits, ~bits);
  }

  static BuyerId buyer(int number) {
    return BuyerId.of("buyer-" + number);
  }
}
