package dev.stampede.cli;

import static dev.stampede.cli.SaleUnderLoad.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to real nodes on a real network while buyers come: after each fault the load
 * generator's own record is held against grid and database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsIT {

  private static final Duration NOTICED = Duration.ofSeconds(25);

  @TempDir private static Path data;
  private FaultyCluster cluster;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Namespaces.obstacle().isEmpty(), Namespaces::obstacle);
    cluster = new FaultyCluster(data, 3);
  }

  @AfterAll
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void cut_ofOneNodeFromTheOthers_stopsItsSalesOnlyAndLeavesOneHistory() {
    SaleUnderLoad.of("cut", 45)
        .during(
            cluster,
            sale -> {
              cluster.network.cut(1, 2, 3); // the oldest, which says who is in the grid
              await().atMost(NOTICED).until(() -> cluster.buy(2, sale, "majority") == 201);
              await().atMost(NOTICED).until(() -> cluster.buy(1, sale, "minority") == 503);
              assertThat(cluster.buy(3, sale, "majority-3")).isEqualTo(201);
              cluster.network.heal(1, 2, 3);
            });
  }

  @Test
  @Tag("long") // LossyNetworkIT cuts one direction of a link, which is worse, in every run
  void cut_ofOneLinkOnly_leavesOneHistory() {
    SaleUnderLoad.of("link", 40)
        .during(
            cluster,
            sale -> {
              cluster.network.cut(1, 2);
              pause(Duration.ofSeconds(20));
              cluster.network.heal(1, 2);
            });
  }

  @Test
  void pause_ofANodeLongerThanTheOthersWait_losesNothing() {
    SaleUnderLoad.of("pause", 50)
        .during(
            cluster,
            sale -> {
              cluster.signal("STOP", 2);
              await().atMost(NOTICED).until(() -> cluster.buy(1, sale, "while-paused") == 201);
              pause(Duration.ofSeconds(30));
              cluster.signal("CONT", 2);
            });
  }

  @Test
  void pause_ofANodeForThreeSeconds_losesNothing() {
    SaleUnderLoad.of("blink", 15)
        .during(
            cluster,
            sale -> {
              cluster.signal("STOP", 1);
              pause(Duration.ofSeconds(3));
              cluster.signal("CONT", 1);
            });
  }

  @Test
  void crash_ofTheOwnerAgainAndAgain_sellsOnWithinFifteenSecondsOthersWithinThree() {
    Interruptions interruptions = new Interruptions(cluster, "calm");
    SaleUnderLoad.ofMany("hot", 45)
        .during(
            cluster,
            sale -> {
              for (int round = 1; round <= 3; round++) {
                interruptions.crashOwnerOf(sale);
              }
            });
    interruptions.tell();
  }

  @Test
  void crash_ofAllNodes_losesNothingThatWasDurable() {
    SaleUnderLoad.ofMany("all", 30, "--durable", "--cancel", "0", "--patience", "40s")
        .during(
            cluster,
            sale -> {
              cluster.signalDatabase("STOP"); // what is sold from here on is not stored
              Probe replicated = new Probe(cluster, 1, sale, "replicated");
              assertThat(replicated.isDurable()).isFalse();
              cluster.kill(1, 2, 3);
              cluster.signalDatabase("CONT");
              cluster.revive(1, 2, 3);
              cluster.awaitAll();
              assertThat(replicated.isGone()).isTrue();
              assertThat(cluster.buy(2, sale, "after-all")).isEqualTo(201);
            });
  }

  @Test
  void pause_ofTheDatabase_stopsNoPurchaseAndLosesNothing() {
    SaleUnderLoad.of("database", 25)
        .during(
            cluster,
            sale -> {
              cluster.signalDatabase("STOP");
              pause(Duration.ofSeconds(15));
              assertThat(cluster.buy(1, sale, "without-database")).isEqualTo(201);
              cluster.signalDatabase("CONT");
            });
  }
}
