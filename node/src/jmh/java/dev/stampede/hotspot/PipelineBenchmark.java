package dev.stampede.hotspot;

import static dev.stampede.hotspot.AccessReporter.PERIOD_MILLIS;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.grid.BackupMember;
import dev.stampede.hotspot.pipeline.AccessLog;
import dev.stampede.hotspot.pipeline.HotspotConfig;
import dev.stampede.hotspot.pipeline.HotspotPipeline;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
 * What the job costs that looks for hot sales: 500,000 accesses a second, counted by three members
 * and evenly spread over some sales, all of them hot, or none at all ({@code -p keys=0}). The score
 * is the reports a second, ten of each member; what matters is {@code accesses}, how many of them
 * were counted a second, and {@code percent}, the processor time of the job's own threads on one
 * member, in percent of a core. Fails where they are not found hot.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 10)
@Measurement(iterations = 5, time = 10)
@Fork(1)
public class PipelineBenchmark {

  private static final int MEMBERS = 3;
  private static final int ACCESSES_A_SECOND = 500_000;
  private static final HotspotConfig CONFIG = new HotspotConfig(200, 100, 64, Optional.empty());
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What an iteration told and took; JMH divides it by the iteration's seconds. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Cost {
    /** Counted. */
    public long accesses;

    /** Processor time on each member, in hundredths of a second: a second's is a percent. */
    public double percent;

    private long before;

    /** Begins to measure. */
    @Setup(Level.Iteration)
    public void begin() {
      before = cpuNanos();
    }

    /** Ends it, while the threads are there. */
    @TearDown(Level.Iteration)
    public void end() {
      percent = (cpuNanos() - before) / 1e7 / MEMBERS;
    }
  }

  @Param({"0", "10", "100"})
  private int keys;

  private long next = System.nanoTime();
  private final List<HazelcastInstance> members = new ArrayList<>();
  private final List<AccessRecorder> recorders = new ArrayList<>();
  private final List<AccessReporter> reporters = new ArrayList<>();

  /** Starts three members and the job. */
  @Setup
  public void start() {
    for (int i = 0; i < MEMBERS; i++) {
      HazelcastInstance member = BackupMember.start(BackupMember.FIRST_PORT + i, MEMBERS);
      AccessRecorder recorder = new AccessRecorder();
      members.add(member);
      recorders.add(recorder);
      reporters.add(
          new AccessReporter(
              recorder, member.getRingbuffer(AccessLog.NAME), member.getName(), Clock.systemUTC()));
    }
    new HotspotJob(members.getFirst(), CONFIG).ensure();
  }

  /** Sees that all was found, and leaves nothing running. */
  @TearDown
  public void stop() {
    int found = members.getFirst().getMap(HotspotPipeline.HOT_ITEMS).size();
    members.forEach(HazelcastInstance::shutdown);
    if (found != Math.min(keys, CONFIG.top())) {
      throw new IllegalStateException(found + " found hot of " + keys);
    }
  }

  /** What three nodes count and report within 100 ms. */
  @Benchmark
  public void report(Cost cost) throws InterruptedException {
    int each = ACCESSES_A_SECOND / 10 / MEMBERS;
    for (AccessRecorder recorder : recorders) {
      for (int i = 0; i < each && keys > 0; i++) {
        recorder.read("sale-" + i % keys);
        cost.accesses++;
      }
    }
    reporters.forEach(AccessReporter::run);
    next = Math.max(System.nanoTime(), next + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
    TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
  }

  private static long cpuNanos() {
    return LongStream.of(THREADS.getAllThreadIds())
        .filter(PipelineBenchmark::isOfTheJob)
        .map(THREADS::getThreadCpuTime)
        .sum();
  }

  private static boolean isOfTheJob(long thread) {
    var info = THREADS.getThreadInfo(thread);
    return info != null && info.getThreadName().contains(".jet.cooperative");
  }
}
