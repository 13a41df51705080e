package dev.stampede.hotspot.pipeline;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.map.IMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole job, by the journal. */
final class HotspotJobTest {
  private static final HotspotConfig CONFIG = new HotspotConfig(100, 80, 10, Optional.empty());

  private final TestGrid grid = new TestGrid();

  @AfterEach
  void stop() {
    grid.close();
  }

  @Test
  void job_whenAKeyHeatsUpAndCools_putsItAndLetsItExpire() {
    HazelcastInstance member = grid.start();
    run(member);
    Supplier<HotItem> hot = () -> hot(member).get("hot");
    try (Reporter _ =
        new Reporter(member, new AccessCount("hot", 15, 15), new AccessCount("cold", 3, 0))) {
      // Over the whole window it is 300/s; it is told when the window has 100.
      await().atMost(20, SECONDS).until(() -> hot.get() != null && hot.get().rate() > 250);
      assertThat(hot.get().sources()).isEqualTo(Set.of(HotSource.NODES));
      HotItem told = hot.get();
      assertThat(told.purchaseRate()).isEqualTo(told.rate() / 2);
      assertThat(hot(member).containsKey("cold")).isFalse();
      long since = hot.get().since();
      long at = hot.get().at();
      await().atMost(20, SECONDS).until(() -> hot.get() != null && hot.get().at() > at);
      assertThat(hot.get().at() - since).isGreaterThanOrEqualTo(1_000);
    }
    await().atMost(20, SECONDS).until(() -> hot.get() == null);
  }

  @Test
  void job_whenAKeyIsCountedOnTwoMembers_addsThemUp() {
    HazelcastInstance first = grid.start();
    HazelcastInstance second = grid.start();
    run(first);
    try (Reporter _ = new Reporter(first, new AccessCount("hot", 7, 0));
        Reporter _ = new Reporter(second, new AccessCount("hot", 7, 0))) {
      // Neither has 100/s.
      await().atMost(20, SECONDS).until(() -> hot(second).containsKey("hot"));
    }
  }

  @Test
  void job_whenAMemberDies_goesOn() {
    HazelcastInstance first = grid.start();
    HazelcastInstance second = grid.start();
    Job job = run(second);
    try (Reporter _ = new Reporter(first, new AccessCount("before", 30, 0))) {
      await().atMost(20, SECONDS).until(() -> hot(first).containsKey("before"));
    }

    second.getLifecycleService().terminate();

    try (Reporter _ = new Reporter(first, new AccessCount("after", 30, 0))) {
      await().atMost(30, SECONDS).until(() -> hot(first).containsKey("after"));
    }
    assertThat(first.getJet().getJob(job.getId()).getStatus()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void serialization_always_keepsEveryValue() {
    HazelcastInstance member = grid.start();
    AccessBatch batch = new AccessBatch("n", 5, List.of(new AccessCount("a", 1, 2)));
    HotItem item = new HotItem("a", 1.5, 0.5, 3, 4, Set.of(HotSource.STATIC, HotSource.KAFKA));

    member.getMap("values").set("batch", batch);
    member.getMap("values").set("item", item);

    assertThat(member.getMap("values").get("batch")).isEqualTo(batch);
    assertThat(member.getMap("values").get("item")).isEqualTo(item);
  }

  private static IMap<String, HotItem> hot(HazelcastInstance member) {
    return member.getMap(HotspotPipeline.HOT_ITEMS);
  }

  private static Job run(HazelcastInstance member) {
    Job job = TestGrid.submit(member, CONFIG);
    await().atMost(20, SECONDS).until(() -> job.getStatus() == JobStatus.RUNNING);
    return job;
  }
}
