package dev.stampede.persistence;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to read a large shard back, and to audit it in the database. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class LoadBenchmark {

  private static final int ORDERS_PER_CHANGE = 10_000;

  /** Orders of the shard, each of another buyer. */
  @Param({"100000", "1000000"})
  public int orders;

  private BenchmarkDatabase database;
  private StockKey key;

  @Setup
  public void fill() throws IOException {
    database = BenchmarkDatabase.open();
    StockShard shard = database.newShard();
    key = shard.key();
    ShardTable table = new ShardTable(database.database());
    Random random = new Random(1);
    for (int done = 0; done < orders; done += ORDERS_PER_CHANGE) {
      List<ShardCommand> commands = new ArrayList<>();
      for (int i = done; i < done + ORDERS_PER_CHANGE; i++) {
        OrderKey order = new OrderKey(random.nextLong(), random.nextLong());
        commands.add(new ShardCommand.Reserve(order, new BuyerId("buyer-" + i), 1));
      }
      ShardChange change =
          shard
              .decide(commands, BenchmarkDatabase.NOON, BenchmarkDatabase.BOUNDS)
              .change()
              .orElseThrow();
      shard.apply(change);
      table.store(key, shard.epochs(), List.of(change));
      shard.unstored().stored(change.seq());
    }
  }

  @Benchmark
  public ShardSnapshot load() {
    return new ShardTable(database.database()).load(key).orElseThrow();
  }

  @Benchmark
  public List<AuditedShard> audit() {
    return new AuditTable(database.database()).shards(List.of());
  }

  @TearDown
  public void close() {
    database.close();
  }
}
