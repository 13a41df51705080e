package dev.stampede.hotspot;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.JetService;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.pipeline.Pipeline;
import dev.stampede.hotspot.pipeline.HotspotConfig;
import dev.stampede.hotspot.pipeline.HotspotPipeline;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one job that looks for hot sales, whichever node submits it. Each node sees to it when it
 * starts, and replaces one of another configuration; later the oldest node looks after it.
 *
 * <p>While it is not there, nothing is hot but what was promoted.
 *
 * <p>Threads: one at a time; it blocks on the grid.
 */
final class HotspotJob {

  static final String NAME = "hotspot";

  private static final String FINGERPRINT = "config";

  /** A job that is cancelled ends within milliseconds; its members may just be leaving. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(HotspotJob.class);

  private final Cluster cluster;
  private final JetService jet;
  private final HotspotConfig config;
  private final Pipeline pipeline;
  private boolean begun;

  HotspotJob(HazelcastInstance member, HotspotConfig config) {
    this.cluster = member.getCluster();
    this.jet = member.getJet();
    this.config = config;
    this.pipeline = HotspotPipeline.build(config);
  }

  /** Sees to it that the job is there. Does nothing where the grid cannot be asked now. */
  void ensure() {
    if (begun && !isOldest()) {
      return;
    }
    try {
      Job job = jet.newJobIfAbsent(pipeline, jobConfig());
      if (!begun && !fingerprint(job).equals(config.fingerprint())) {
        replace(job);
      }
      begun = true;
    } catch (HazelcastException | IllegalStateException e) {
      LOG.debug("the job that finds hot sales cannot be looked after now", e);
    }
  }

  /** Who leads the job: while nodes come and go, the others would ask one that is not ready. */
  private boolean isOldest() {
    return cluster.getMembers().iterator().next().localMember();
  }

  private JobConfig jobConfig() {
    return new JobConfig()
        .setName(NAME)
        .setArgument(FINGERPRINT, config.fingerprint())
        .setStoreMetricsAfterJobCompletion(false);
  }

  private static String fingerprint(Job job) {
    String argument = job.getConfig().getArgument(FINGERPRINT);
    return argument == null ? "" : argument;
  }

  private void replace(Job job) {
    LOG.info(
        "hot sales are found by another configuration from now on: {} instead of {}",
        config.fingerprint(),
        fingerprint(job));
    job.cancel();
    awaitEnd(job);
    Job _ = jet.newJobIfAbsent(pipeline, jobConfig());
  }

  private static void awaitEnd(Job job) {
    try {
      var _ = job.getFuture().get(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CancellationException
        | CompletionException
        | ExecutionException
        | TimeoutException e) {
      LOG.debug("the earlier job has ended", e);
    }
  }
}
