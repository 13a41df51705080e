package dev.stampede.http;

import dev.stampede.sale.Tier;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs a purchase that its sale has a share of the node: alone on it, beside another sale,
 * and where it is refused because there were too many this second. The clock is read once each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SharesBenchmark {

  private final SaleShares shares =
      new SaleShares(new SaleLimit(32, 1_000_000_000), new SaleLimit(32, 1));
  private final SaleShare one = shares.of("one", Tier.STANDARD);
  private final SaleShare other = shares.of("other", Tier.STANDARD);
  private final SaleShare slow = shares.of("slow", Tier.DEDICATED);

  @Benchmark
  public boolean alone() {
    return takeAndGiveBack(one);
  }

  @Benchmark
  public boolean besideAnother() {
    return takeAndGiveBack(one) && takeAndGiveBack(other);
  }

  @Benchmark
  public boolean refused() {
    return takeAndGiveBack(one) && takeAndGiveBack(slow);
  }

  private boolean takeAndGiveBack(SaleShare share) {
    boolean taken = shares.take(share, System.nanoTime());
    if (taken) {
      share.giveBack();
    }
    return taken;
  }
}
