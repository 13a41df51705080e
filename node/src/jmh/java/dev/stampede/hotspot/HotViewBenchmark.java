package dev.stampede.hotspot;

import java.io.IOException;
import java.util.List;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * How long it takes until every one of three nodes says so when the last unit of a hot sale has
 * been bought, and when there is one again. A crowd looks at it on all nodes all the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 100)
@Fork(1)
public class HotViewBenchmark {

  private static final int PEOPLE = 6;
  private static final int SPELLS = 130;
  private static final int GIVE_UP_SECONDS = 10;
  private static final int CALM_MILLIS = 300;
  private static final String SALE = Shop.sale(0);

  private Shop shop;
  private ExecutorService threads;
  private String admin;
  private List<String> buyers;
  private int next;
  private volatile boolean crowded = true;

  @Setup
  public void start() throws IOException, InterruptedException {
    shop = new Shop(1);
    admin = shop.tokens("--count", "1", "--admin").getFirst();
    buyers = shop.tokens("--count", "" + SPELLS);
    shop.post(0, "/api/admin/sales/" + SALE + "/withdraw", admin, "{\"quantity\":10}");
    threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int person = 0; person < PEOPLE; person++) {
      int node = person % shop.nodes();
      threads.execute(() -> look(node));
    }
    await("/api/hot", "\"" + SALE + "\"");
  }

  @TearDown
  public void stop() throws IOException, InterruptedException {
    crowded = false;
    threads.close();
    shop.close();
  }

  /** What is measured comes next, and everybody knows what was before. */
  @Setup(Level.Iteration)
  public void calm(BenchmarkParams benchmark) throws IOException, InterruptedException {
    next++;
    if (benchmark.getBenchmark().endsWith("SoldOut")) {
      restock();
      awaitAvailable(1);
    }
    TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
  }

  /** There is no unit left when the next one comes. */
  @TearDown(Level.Iteration)
  public void clear(BenchmarkParams benchmark) throws IOException, InterruptedException {
    if (!benchmark.getBenchmark().endsWith("SoldOut")) {
      buy();
      awaitAvailable(0);
    }
  }

  /** From the purchase of the last unit to the last node. */
  @Benchmark
  public void untilAllSaySoldOut() throws IOException, InterruptedException {
    buy();
    awaitAvailable(0);
  }

  /** From the restock to the last node. */
  @Benchmark
  public void untilAllSayReopened() throws IOException, InterruptedException {
    restock();
    awaitAvailable(1);
  }

  private void restock() throws IOException, InterruptedException {
    shop.post(0, "/api/admin/sales/" + SALE + "/restock", admin, "{\"quantity\":1}");
  }

  private void buy() throws IOException, InterruptedException {
    int node = next % shop.nodes();
    shop.post(node, "/api/sales/" + SALE + "/orders", buyers.get(next), "{\"quantity\":1}");
  }

  private void awaitAvailable(int units) throws IOException, InterruptedException {
    await("/api/sales/" + SALE + "/stock", "\"available\":" + units + ",");
  }

  private void await(String path, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    for (int node = 0; node < shop.nodes(); node++) {
      while (!shop.get(node, path).contains(text)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(text + " is not said by node " + node);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  private void look(int node) {
    try {
      while (crowded) {
        String _ = shop.get(node, "/api/sales/" + SALE + "/stock");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
