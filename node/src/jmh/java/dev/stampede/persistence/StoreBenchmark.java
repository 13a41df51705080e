package dev.stampede.persistence;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast one writer gets orders into MariaDB. Look at {@code store:orders}: orders written per
 * second. The tables grow meanwhile, as in a sale.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 4, time = 5)
@Fork(1)
public class StoreBenchmark {

  /** Changes per transaction. */
  @Param({"20", "200"})
  public int changes;

  /** Orders per change. */
  @Param({"50", "512"})
  public int orders;

  /**
   * {@code reserve}: all are new. {@code pay}: every other one is the payment of an earlier one.
   */
  @Param({"reserve", "pay"})
  public String work;

  private final Random random = new Random(1);
  private final List<ShardChange> batch = new ArrayList<>();
  private final List<OrderKey> keys = new ArrayList<>();
  private int paid;
  private BenchmarkDatabase database;
  private ShardTable table;
  private StockShard shard;

  /** Counts what was stored. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counters {
    public long orders;
  }

  @Setup
  public void publish() throws IOException {
    database = BenchmarkDatabase.open();
    table = new ShardTable(database.database());
    shard = database.newShard();
  }

  @Setup(Level.Invocation)
  public void sell() {
    batch.clear();
    for (int i = 0; i < changes; i++) {
      List<ShardCommand> commands = new ArrayList<>(orders);
      for (int j = 0; j < orders; j++) {
        commands.add(j % 2 == 1 && isPaymentDue() ? pay() : reserve());
      }
      ShardChange change =
          shard
              .decide(commands, BenchmarkDatabase.NOON, BenchmarkDatabase.BOUNDS)
              .change()
              .orElseThrow();
      shard.apply(change);
      batch.add(change);
    }
    shard.unstored().stored(shard.head().seq());
  }

  private ShardCommand reserve() {
    OrderKey key = new OrderKey(random.nextLong(), random.nextLong());
    keys.add(key);
    return new ShardCommand.Reserve(key, new BuyerId("buyer-" + keys.size()), 1);
  }

  /** Payments come a transaction or more behind their orders. */
  private boolean isPaymentDue() {
    return work.equals("pay") && keys.size() - paid > changes * orders;
  }

  private ShardCommand pay() {
    OrderKey key = keys.get(paid++);
    return new ShardCommand.Pay(key, new PaymentId("payment-" + paid));
  }

  @Benchmark
  public StoreResult store(Counters counters) {
    counters.orders += (long) changes * orders;
    return table.store(shard.key(), shard.epochs(), batch);
  }

  @TearDown
  public void close() {
    database.close();
  }
}
