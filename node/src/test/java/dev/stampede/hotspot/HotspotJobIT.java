package dev.stampede.hotspot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.spi.impl.operationparker.impl.OperationParkerImpl;
import dev.stampede.hotspot.pipeline.HotspotConfig;
import dev.stampede.hotspot.pipeline.HotspotSerialization;
import dev.stampede.members.LoopbackGrid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which job looks for hot sales, with real members. */
final class HotspotJobIT {

  private static final HotspotConfig EARLIER = new HotspotConfig(200, 100, 64, Optional.empty());
  private static final HotspotConfig CHANGED = new HotspotConfig(500, 100, 64, Optional.empty());

  private final LoopbackGrid grid =
      new LoopbackGrid(config -> {
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
        HotspotSerialization.configure(config.getSerializationConfig());
        config
            .getSerializationConfig()
            .setJavaSerializationFilterConfig(HotspotSerialization.javaFilter());
      });

  @AfterEach
  void stop() {
    grid.close();
  }

  @Test
  void ensure_byEachNode_keepsOneJob() {
    HazelcastInstance first = grid.start();
    ensure(first, EARLIER);
    Job job = running(first);
    HazelcastInstance second = grid.start();

    ensure(second, EARLIER);

    assertThat(active(second)).hasSize(1);
    assertThat(running(second).getId()).isEqualTo(job.getId());
  }

  @Test
  void ensure_byANodeOfAnotherConfiguration_replacesTheJob() {
    HazelcastInstance first = grid.start();
    HotspotJob ofFirst = ensure(first, EARLIER);
    Job job = running(first);
    HazelcastInstance second = grid.start();

    ensure(second, CHANGED);

    Job replaced = running(second);
    assertThat(replaced.getId()).isNotEqualTo(job.getId());
    assertThat(fingerprint(replaced)).isEqualTo(CHANGED.fingerprint());
    assertThat(active(second)).hasSize(1);

    // The oldest node looks after it, and leaves the newer one's configuration alone.
    ofFirst.ensure();
    assertThat(running(first).getId()).isEqualTo(replaced.getId());
  }

  @Test
  void ensure_whenTheJobIsGone_bringsItBack() {
    HazelcastInstance member = grid.start();
    HotspotJob looksAfter = ensure(member, EARLIER);
    Job job = running(member);
    job.cancel();

    await()
        .atMost(60, SECONDS)
        .until(() -> {
          looksAfter.ensure();
          return active(member).stream().anyMatch(other -> other.getId() != job.getId());
        });

    assertThat(fingerprint(running(member))).isEqualTo(EARLIER.fingerprint());
  }

  /** A parked operation can keep its partition from moving: decision 23. */
  @Test
  void job_whenNothingIsAccessed_parksNoOperation() {
    List<HazelcastInstance> members = List.of(grid.start(), grid.start());
    ensure(members.getFirst(), EARLIER);
    running(members.getFirst());

    await()
        .during(Duration.ofSeconds(2))
        .atMost(30, SECONDS)
        .until(() -> members.stream().allMatch(member -> parked(member) == 0));
  }

  private static int parked(HazelcastInstance member) {
    return ((OperationParkerImpl) Util.getNodeEngine(member).getOperationParker())
        .getTotalParkedOperationCount();
  }

  private static HotspotJob ensure(HazelcastInstance member, HotspotConfig config) {
    HotspotJob job = new HotspotJob(member, config);
    job.ensure();
    return job;
  }

  private static Job running(HazelcastInstance member) {
    await()
        .atMost(60, SECONDS)
        .until(() -> active(member).stream().anyMatch(job -> job.getStatus() == JobStatus.RUNNING));
    return active(member).getFirst();
  }

  private static List<Job> active(HazelcastInstance member) {
    return member.getJet().getJobs(HotspotJob.NAME).stream()
        .filter(job -> !job.getStatus().isTerminal())
        .toList();
  }

  private static String fingerprint(Job job) {
    String argument = job.getConfig().getArgument("config");
    return argument == null ? "" : argument;
  }
}
