package dev.stampede.hotspot;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
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
 * How long it takes from the first request of a crowd that nobody announced until the sale is found
 * hot and cached on each of three nodes, as each node itself says. One spell an iteration, each of
 * a sale that nobody has asked for before.
 *
 * <p>With {@code -p by=kafka}, no node sees the crowd: a proxy tells of it through the brokers that
 * {@value #SERVERS} names, ten times a second, from its first record on.
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
  private static final int PROXY_MILLIS = 100;
  private static final int PROXY_COUNT = 300;
  private static final String SERVERS = "STAMPEDE_HOTSPOT_KAFKA_SERVERS";

  @Param("http")
  private String by;

  private Shop shop;
  private ExecutorService threads;
  private int next;
  private volatile boolean crowded;
  private Optional<KafkaProducer<String, String>> proxy = Optional.empty();

  @Setup
  public void start() throws IOException, InterruptedException {
    if (by.equals("kafka")) {
      proxy = Optional.of(producer());
    }
    shop = new Shop(SALES);
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  private static KafkaProducer<String, String> producer() {
    String servers = System.getenv(SERVERS);
    if (servers == null) {
      throw new IllegalStateException("by=kafka: set " + SERVERS + " to brokers, host:port");
    }
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
  }

  @TearDown
  public void stop() throws IOException, InterruptedException {
    threads.close();
    shop.close();
    proxy.ifPresent(KafkaProducer::close);
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
    gather(sale);
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

  private void gather(String sale) {
    if (proxy.isPresent()) {
      threads.execute(() -> tell(proxy.get(), sale));
      return;
    }
    for (int person = 0; person < PEOPLE; person++) {
      int node = person % shop.nodes();
      threads.execute(() -> look(node, sale));
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

  private void tell(KafkaProducer<String, String> proxy, String sale) {
    try {
      while (crowded) {
        String record =
            "{\"key\":\"%s\",\"count\":%d,\"time\":%d,\"source\":\"benchmark\"}"
                .formatted(sale, PROXY_COUNT, System.currentTimeMillis());
        var _ = proxy.send(new ProducerRecord<>("stampede.access", sale, record));
        TimeUnit.MILLISECONDS.sleep(PROXY_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
