package dev.stampede.hotspot;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes from the first request of a crowd that nobody announced until the sale is found
 * hot and cached on each of three nodes, as each node itself says. One spell an iteration, each of
 * a sale that nobody has asked for before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 100)
@Fork(1)
public class SpellBenchmark {

  private static final int SALES = 130;
  private static final int PEOPLE = 6;
  private static final int CALM_MILLIS = 700;
  private static final int GIVE_UP_SECONDS = 10;

  private Shop shop;
  private ExecutorService threads;
  private int next;
  private volatile boolean crowded;

  @Setup
  public void start() throws IOException, InterruptedException {
    shop = new Shop(SALES);
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  @TearDown
  public void stop() throws IOException, InterruptedException {
    threads.close();
    shop.close();
  }

  /** The crowd of the spell before has gone, and its requests with it. */
  @Setup(Level.Iteration)
  public void calm() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
    next++;
  }

  @TearDown(Level.Iteration)
  public void disperse() {
    crowded = false;
  }

  /** From the first request to the last node. */
  @Benchmark
  public void untilCachedOnAllNodes() throws IOException, InterruptedException {
    String sale = Shop.sale(next);
    crowded = true;
    for (int person = 0; person < PEOPLE; person++) {
      int node = person % shop.nodes();
      threads.execute(() -> look(node, sale));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    for (int node = 0; node < shop.nodes(); node++) {
      while (!isCached(node, sale)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(sale + " is not found at node " + node);
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
  }

  private boolean isCached(int node, String sale) throws IOException, InterruptedException {
    String hot = shop.get(node, "/api/hot");
    int at = hot.indexOf("\"" + sale + "\"");
    return at >= 0
        && hot.substring(at, hot.indexOf('}', at)).contains("\"node-" + (node + 1) + "\"");
  }

  private void look(int node, String sale) {
    try {
      while (crowded) {
        String _ = shop.get(node, "/api/sales/" + sale + "/stock");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
