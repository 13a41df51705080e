package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Decision;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Purchases a second on one key, in batches of 512, without HTTP and without a database: the pure
 * shard, the grid with one member, the grid with a sync backup in a second JVM. Every purchase is a
 * new buyer's, and gets one unit.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(1)
public class ShardBenchmark {

  private static final int BATCH = 512;

  /** Batches of commands, new for every call. */
  @State(Scope.Thread)
  public static class Purchases {

    private static final AtomicInteger CALLERS = new AtomicInteger();

    private final int caller = CALLERS.incrementAndGet();
    private final SplittableRandom random = new SplittableRandom(caller);
    private long number;

    List<ShardCommand> next() {
      List<ShardCommand> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        OrderKey key = new OrderKey(random.nextLong(), random.nextLong());
        batch.add(new ShardCommand.Reserve(key, new BuyerId(caller + "-" + number++), 1));
      }
      return batch;
    }
  }

  /** One shard, not in a grid, new for every iteration. */
  @State(Scope.Thread)
  public static class Alone {

    private StockShard shard;

    /** A full shard. */
    @Setup(Level.Iteration)
    public void fill() {
      shard = new StockShard(full(0));
    }
  }

  /** One member, or two with a backup. */
  public abstract static class Grid {

    private HazelcastInstance member;
    private IMap<StockKey, StockShard> stock;
    private StockKey key;
    private volatile long replicatedSeq;
    private int iteration;

    void start(int size) {
      member = BackupMember.start(BackupMember.FIRST_PORT, size);
      LocalShards.of(member).setAlone(size == 1);
      stock = GridMaps.of(member).stock(Tier.STANDARD);
    }

    /** Another full shard, on a partition that this member owns. */
    @Setup(Level.Iteration)
    public void fill() {
      if (key != null) {
        stock.delete(key);
      }
      do {
        key = full(iteration++).head().key();
      } while (!member.getPartitionService().getPartition(key).getOwner().localMember());
      stock.executeOnKey(key, new InstallShard(full(iteration - 1)));
      stock.executeOnKey(key, new ProveShard(1));
      replicatedSeq = 0;
    }

    List<Outcome> execute(List<ShardCommand> commands) {
      BatchResult result =
          stock.executeOnKey(key, new ExecuteCommands(commands, 1, replicatedSeq, false));
      replicatedSeq = result.replicatedSeq();
      if (!(result.outcomes().getLast() instanceof Outcome.Reserved)) {
        throw new IllegalStateException("not sold: " + result.outcomes().getLast());
      }
      return result.outcomes();
    }

    /** Leaves nothing running. */
    @TearDown
    public void stop() throws IOException, InterruptedException {
      member.shutdown();
    }
  }

  /** One member. */
  @State(Scope.Benchmark)
  public static class OneMember extends Grid {

    /** Starts it. */
    @Setup(Level.Trial)
    public void start() {
      start(1);
    }
  }

  /** Two members in two JVMs; the other one has the backup. */
  @State(Scope.Benchmark)
  public static class TwoMembers extends Grid {

    private Process other;

    /** Starts both. */
    @Setup(Level.Trial)
    public void start() throws IOException, InterruptedException {
      start(2);
      String java = ProcessHandle.current().info().command().orElse("java");
      List<String> command =
          Stream.of(
                  Stream.of(java),
                  ManagementFactory.getRuntimeMXBean().getInputArguments().stream(),
                  Stream.of(
                      "-cp", System.getProperty("java.class.path"), BackupMember.class.getName()))
              .flatMap(part -> part)
              .toList();
      other =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      HazelcastInstance member = super.member;
      while (member.getCluster().getMembers().size() < 2
          || !member.getPartitionService().isClusterSafe()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the second member did not join within 60 s");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }

    @Override
    @TearDown
    public void stop() throws IOException, InterruptedException {
      other.getOutputStream().close();
      other.waitFor(30, TimeUnit.SECONDS);
      other.destroyForcibly();
      super.stop();
    }
  }

  private static ShardSnapshot full(int number) {
    StockKey key = new StockKey(new SaleId("sale-" + number), 0);
    Instant opens = Instant.EPOCH;
    SaleTerms terms =
        new SaleTerms(
            opens,
            opens.plus(Duration.ofDays(100_000)),
            1,
            Reduction.RESERVE,
            Duration.ofHours(1),
            1);
    ShardChange.Header head =
        new ShardChange.Header(key, 1, 0, 0, ShardCounts.issued(100_000_000), false, false);
    return new ShardSnapshot(
        terms, head, 0, ChainHash.GENESIS, List.of(), List.of(), List.of(), List.of(), 0);
  }

  /** Decide and apply, nothing else. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Decision pure(Alone alone, Purchases purchases) {
    Decision decision =
        alone.shard.decide(purchases.next(), System.currentTimeMillis(), BackupMember.BOUNDS);
    decision.change().ifPresent(alone.shard::apply);
    alone.shard.unstored().stored(alone.shard.head().seq());
    return decision;
  }

  /** Through the grid, no backup; two callers, as two nodes would be. */
  @Benchmark
  @Threads(2)
  @OperationsPerInvocation(BATCH)
  public List<Outcome> oneMember(OneMember grid, Purchases purchases) {
    return grid.execute(purchases.next());
  }

  /** Through the grid, with a sync backup on another JVM; two callers. */
  @Benchmark
  @Threads(2)
  @OperationsPerInvocation(BATCH)
  public List<Outcome> withBackup(TwoMembers grid, Purchases purchases) {
    return grid.execute(purchases.next());
  }
}
