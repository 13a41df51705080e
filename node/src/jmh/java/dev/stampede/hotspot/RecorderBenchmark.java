package dev.stampede.hotspot;

import dev.stampede.hotspot.pipeline.AccessCount;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs a request that it is counted, while somebody drains every 100 ms: all accesses on
 * one key, or spread over 100,000 keys by Zipf's law. And what a drain costs of a table that is
 * full.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecorderBenchmark {

  private static final int TOP = 256;

  /** A recorder that is drained. */
  @State(Scope.Benchmark)
  public static class Drained {

    private final AccessRecorder recorder = new AccessRecorder();
    private final ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();

    /** Begins to drain. */
    @Setup(Level.Trial)
    public void start() {
      reporter.scheduleAtFixedRate(() -> recorder.drain(TOP), 100, 100, TimeUnit.MILLISECONDS);
    }

    /** Ends it. */
    @TearDown
    public void stop() {
      reporter.shutdownNow();
    }
  }

  /** Keys as requests bring them: each another object. */
  @State(Scope.Thread)
  public static class Requests {

    private static final int KEYS = 100_000;
    private static final int REQUESTS = 1 << 16;

    private final String[] zipf = new String[REQUESTS];
    private final String[] one = new String[REQUESTS];
    private final String[] distinct = new String[CountTable.KEYS];
    private int number;

    /** Draws them. */
    @Setup(Level.Trial)
    public void draw() {
      double[] sums = new double[KEYS];
      double sum = 0;
      for (int i = 0; i < KEYS; i++) {
        sum += 1.0 / (i + 1);
        sums[i] = sum;
      }
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < REQUESTS; i++) {
        int place = Arrays.binarySearch(sums, random.nextDouble(sum));
        zipf[i] = key(place < 0 ? -place - 1 : place);
        one[i] = key(0);
      }
      Arrays.setAll(distinct, Requests::key);
    }

    private static String key(int place) {
      return "aurora-headphones-" + place;
    }

    String zipf() {
      return zipf[number++ & REQUESTS - 1];
    }

    String one() {
      return one[number++ & REQUESTS - 1];
    }
  }

  /** One thread, one key. */
  @Benchmark
  public void oneKey(Drained drained, Requests requests) {
    drained.recorder.read(requests.one());
  }

  /** Two threads, one key. */
  @Benchmark
  @Threads(2)
  public void oneKeyByTwo(Drained drained, Requests requests) {
    drained.recorder.read(requests.one());
  }

  /** One thread, many keys. */
  @Benchmark
  public void zipf(Drained drained, Requests requests) {
    drained.recorder.read(requests.zipf());
  }

  /** Two threads, many keys. */
  @Benchmark
  @Threads(2)
  public void zipfByTwo(Drained drained, Requests requests) {
    drained.recorder.read(requests.zipf());
  }

  /** What the benchmarks above cost without counting. */
  @Benchmark
  public int nothing(Requests requests) {
    return requests.zipf().hashCode();
  }

  /** A table that is filled, one access a key, and drained. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public List<AccessCount> fillAndDrain(Requests requests) {
    AccessRecorder recorder = new AccessRecorder(1);
    for (String key : requests.distinct) {
      recorder.read(key);
    }
    return recorder.drain(TOP);
  }
}
