package dev.stampede.hotspot.pipeline;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.core.metrics.Measurement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job with a real broker. */
final class HotspotKafkaIT {
  @TempDir Path folder;

  private final TestGrid grid = new TestGrid();
  private KafkaBroker broker;
  private KafkaTopics topics;
  private HazelcastInstance member;
  private Job job;

  @BeforeEach
  void prepare() throws Exception {
    broker = new KafkaBroker(folder);
    topics = new KafkaTopics(broker.servers(), "stampede.access", "stampede.hot");
    member = grid.start();
  }

  @AfterEach
  void stop() throws Exception {
    grid.close();
    broker.close();
  }

  @Test
  void job_whenMiddlewareReports_findsItAndTellsItBack() throws Exception {
    broker.start();
    submit();
    try (Middleware middleware = new Middleware(topics)) {
      tellUntilHot(middleware, "phone");

      assertThat(hot("phone").sources()).containsExactly(HotSource.KAFKA);
      List<String> heard = new ArrayList<>();
      await()
          .atMost(30, SECONDS)
          .until(() -> {
            heard.addAll(middleware.hear());
            return !heard.isEmpty();
          });
      assertThat(heard.getFirst())
          .startsWith("{\"key\":\"phone\",\"rate\":")
          .endsWith("\"sources\":[\"kafka\"]}");
    }
  }

  @Test
  void job_whenRecordsAreMalformedOrOld_countsThemAndGoesOn() throws Exception {
    broker.start();
    submit();
    try (Middleware middleware = new Middleware(topics)) {
      tellUntilHot(middleware, "first");
      middleware.tell("{");
      middleware.tell("{\"key\":\"huge\",\"count\":1000001}");
      middleware.tell("{\"key\":\"old\",\"count\":100000,\"time\":1}");
      tellUntilHot(middleware, "second");

      await().atMost(20, SECONDS).until(() -> metric(KafkaAccesses.MALFORMED) == 2);
      assertThat(metric(KafkaAccesses.LATE)).isEqualTo(1);
      assertThat(hot("huge")).isNull();
      assertThat(hot("old")).isNull();
      assertThat(job.getStatus()).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  void job_whenBrokerIsDownAtTheStart_countsNodesAndTakesKafkaUpLater() throws Exception {
    submit();
    assertNodesAreHeard("early");

    broker.start();

    try (Middleware middleware = new Middleware(topics)) {
      tellUntilHot(middleware, "phone");
    }
    assertThat(hot("phone").sources()).containsExactly(HotSource.KAFKA);
  }

  @Test
  void job_whenBrokerDies_countsNodesAndTakesKafkaUpAgain() throws Exception {
    broker.start();
    submit();
    try (Middleware middleware = new Middleware(topics)) {
      tellUntilHot(middleware, "before");

      broker.kill();
      assertNodesAreHeard("meanwhile");
      await().atMost(20, SECONDS).until(() -> metric(KafkaHotItems.UNSENT) > 0);
      assertThat(job.getStatus()).isEqualTo(JobStatus.RUNNING);
      broker.start();

      tellUntilHot(middleware, "after");
      List<String> heard = new ArrayList<>();
      await()
          .atMost(60, SECONDS)
          .until(() -> {
            middleware.tell(report("after"));
            heard.addAll(middleware.hear());
            return heard.stream().anyMatch(told -> told.contains("\"after\""));
          });
    }
  }

  /** For as long as several of Kafka's time-outs, none of which may hold the nodes' half up. */
  private void assertNodesAreHeard(String key) {
    Set<Long> ends = new HashSet<>();
    List<Long> delays = new ArrayList<>();
    try (Reporter _ = new Reporter(member, new AccessCount(key, 30, 0))) {
      await()
          .atMost(60, SECONDS)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> {
            HotItem item = hot(key);
            if (item != null && ends.add(item.at())) {
              delays.add(System.currentTimeMillis() - item.at());
            }
            return delays.size() == 10;
          });
    }
    // The machine may hold one or two up; Kafka's time-outs would hold up most of them.
    assertThat(delays.stream().filter(delay -> delay < 1_000))
        .as("%s", delays)
        .hasSizeGreaterThanOrEqualTo(8);
  }

  private void tellUntilHot(Middleware middleware, String key) {
    await()
        .atMost(60, SECONDS)
        .until(() -> {
          middleware.tell(report(key));
          return hot(key) != null;
        });
  }

  private static String report(String key) {
    return "{\"key\":\"%s\",\"count\":50,\"time\":%d,\"source\":\"nginx\"}"
        .formatted(key, System.currentTimeMillis());
  }

  private HotItem hot(String key) {
    return member.<String, HotItem>getMap(HotspotPipeline.HOT_ITEMS).get(key);
  }

  private long metric(String name) {
    return job.getMetrics().get(name).stream().mapToLong(Measurement::value).sum();
  }

  private void submit() {
    job = TestGrid.submit(member, new HotspotConfig(100, 80, 10, Optional.of(topics)));
    await().atMost(20, SECONDS).until(() -> job.getStatus() == JobStatus.RUNNING);
  }
}
