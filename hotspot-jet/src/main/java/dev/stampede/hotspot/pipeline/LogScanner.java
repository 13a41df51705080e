package dev.stampede.hotspot.pipeline;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs {@link AccessLogScan} in a member of its own, which is there for this only. It looks for no
 * others and nobody can reach it, as it listens nowhere.
 */
public final class LogScanner implements AutoCloseable {

  private static final String TOTALS = "totals";
  private static final String PEAKS = "peaks";

  private final LongAdder progress = new LongAdder();
  private final Set<String> cut = ConcurrentHashMap.newKeySet();
  private final HazelcastInstance member;

  /** Starts the member, which takes a second or two. */
  public LogScanner() {
    Config config = new Config();
    config.setClusterName("scan");
    config.setUserContext(
        new ConcurrentHashMap<>(Map.of(LogSource.PROGRESS, progress, LogSource.CUT, cut)));
    config.getJetConfig().setEnabled(true);
    config
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        // It has two small results to keep.
        .setProperty("hazelcast.partition.count", "1")
        // It looks for lost jobs, of which it has none, and where that meets its end, it prints a
        // stack trace.
        .setProperty("hazelcast.jet.job.scan.period", "3600000")
        // What goes wrong is thrown; the rest is about a cluster, which this is none of.
        .setProperty("hazelcast.logging.type", "none");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    member = PortlessContext.start(config);
  }

  /**
   * All lines, and the hottest sales.
   *
   * @param top how many
   * @throws UncheckedIOException where a file cannot be read, with its name
   */
  public ScanTotals totals(LogFiles logs, int top) {
    run(AccessLogScan.build(logs, top, AccessLogScan.MAX_SALES, Sinks.list(TOTALS)));
    return member.<ScanTotals>getList(TOTALS).remove(0);
  }

  /**
   * The busiest second of each of these sales; reads everything once more.
   *
   * @throws UncheckedIOException where a file cannot be read, with its name
   */
  public Map<String, Peak> peaks(LogFiles logs, List<String> sales) {
    Set<String> names = new HashSet<>(sales);
    run(AccessLogScan.buildPeaks(logs, names, Sinks.list(PEAKS)));
    return member.<Map<String, Peak>>getList(PEAKS).remove(0);
  }

  /** How many bytes of files were read until now. Any thread may ask. */
  public long bytesRead() {
    return progress.sum();
  }

  /** The names of the files that end in the middle of their gzip, in alphabetical order. */
  public List<String> cutFiles() {
    return cut.stream().sorted().toList();
  }

  private void run(Pipeline pipeline) {
    try {
      member.getJet().newJob(pipeline).join();
    } catch (CompletionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof UncheckedIOException unreadable) {
          throw unreadable;
        }
      }
      throw e;
    }
  }

  @Override
  public void close() {
    member.getLifecycleService().terminate();
  }
}
