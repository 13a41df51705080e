package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.jet.pipeline.test.TestSources;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The part between sources and sinks, in a time of the test's own. */
final class HotspotPipelineTest {
  private static final HotspotConfig CONFIG = new HotspotConfig(100, 80, 3, Optional.empty());

  private static TestGrid grid;
  private static HazelcastInstance member;

  @BeforeAll
  static void start() {
    grid = new TestGrid();
    member = grid.start();
  }

  @AfterAll
  static void stop() {
    grid.close();
  }

  @Test
  void hotItems_whenTheWindowReachesEnter_areToldWithThatWindow() {
    assertThat(run("10050 a 60 5 NODES", "10250 a 30 5 NODES"))
        .containsExactly(new HotItem("a", 100, 10, 10_300, 10_300, Set.of(HotSource.NODES)));
  }

  @Test
  void hotItems_whenAccessesNeverMeetInAWindow_areNone() {
    assertThat(run("10000 a 99 0 NODES", "11000 a 99 0 NODES", "12000 a 99 0 NODES")).isEmpty();
  }

  @Test
  void hotItems_whenAccessesMeetInOneWindowOnly_areToldOnce() {
    assertThat(run("10099 a 50 0 NODES", "11000 a 50 0 NODES")).isEmpty();
    assertThat(run("10100 a 50 0 NODES", "11099 a 50 0 NODES"))
        .containsExactly(new HotItem("a", 100, 0, 11_100, 11_100, Set.of(HotSource.NODES)));
  }

  @Test
  void hotItems_whileTheKeyStays_areToldASecondLater() {
    assertThat(run("10000 a 100 0 NODES", "10900 a 90 0 NODES", "11700 a 85 0 NODES"))
        .containsExactly(
            new HotItem("a", 100, 0, 10_100, 10_100, Set.of(HotSource.NODES)),
            new HotItem("a", 90, 0, 10_100, 11_100, Set.of(HotSource.NODES)),
            new HotItem("a", 85, 0, 10_100, 12_100, Set.of(HotSource.NODES)));
  }

  @Test
  void hotItems_whenBothSourcesReport_areNotCountedTwice() {
    assertThat(run("10000 a 60 0 NODES", "10000 a 90 0 KAFKA", "10050 b 90 0 KAFKA")).isEmpty();
    assertThat(run("10000 a 70 10 NODES", "10010 a 120 0 KAFKA"))
        .containsExactly(
            new HotItem("a", 120, 10, 10_100, 10_100, Set.of(HotSource.NODES, HotSource.KAFKA)));
  }

  @Test
  void hotItems_whenMoreThanTop_areTheHottest() {
    assertThat(
            run(
                "10000 a 100 0 NODES",
                "10001 b 140 0 NODES",
                "10002 c 120 0 NODES",
                "10003 d 110 0 NODES"))
        .extracting(HotItem::key)
        .containsExactly("b", "c", "d");
  }

  /** Half a million accesses a second to 100,000 keys, as three nodes report them. */
  @Test
  void hotItems_ofAZipfMix_areExactlyThoseAboveTheThreshold() {
    ZipfMix mix = new ZipfMix(100_000, 500_000, 42);
    HotspotConfig config = new HotspotConfig(1_000, 800, 1_000, Optional.empty());

    Set<String> told =
        run(config, mix.batches(3, 40)).stream()
            .map(HotItem::key)
            .collect(Collectors.toCollection(TreeSet::new));

    Map<String, Double> rates = mix.rates();
    assertThat(told).containsAll(keysFrom(rates, 1.2 * config.enter()));
    assertThat(keysFrom(rates, 0.8 * config.enter())).containsAll(told);
    assertThat(keysFrom(rates, 1.2 * config.enter())).hasSizeGreaterThan(30);
  }

  private static Set<String> keysFrom(Map<String, Double> rates, double bound) {
    return rates.entrySet().stream()
        .filter(rate -> rate.getValue() >= bound)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<HotItem> run(String... accesses) {
    return run(CONFIG, Arrays.asList(accesses));
  }

  /**
   * @param accesses each "time key reads purchases source …"
   */
  private static List<HotItem> run(HotspotConfig config, List<String> accesses) {
    String results = "results-" + UUID.randomUUID();
    Pipeline pipeline = Pipeline.create();
    StreamStage<Access> stream =
        pipeline
            .readFrom(TestSources.items(accesses))
            .addTimestamps(line -> Long.parseLong(line.split(" ", 2)[0]), 0)
            .map(HotspotPipelineTest::access);
    HotspotPipeline.hotItems(stream, config).writeTo(Sinks.list(results));
    member.getJet().newJob(pipeline).join();
    return List.copyOf(member.<HotItem>getList(results));
  }

  private static Access access(String line) {
    String[] parts = line.split(" ", 5);
    return new Access(
        parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), HotSource.valueOf(parts[4]));
  }
}
