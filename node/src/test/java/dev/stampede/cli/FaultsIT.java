package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
  private SaleUnderFault sale;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Namespaces.obstacle().isEmpty(), Namespaces::obstacle);
    cluster = new FaultyCluster(data);
    sale = new SaleUnderFault(cluster);
  }

  @AfterAll
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void cut_ofOneNodeFromTheOthers_stopsItsSalesOnlyAndLeavesOneHistory() {
    sale.sell(
        "cut",
        45,
        name -> {
          cluster.network.cut(3, 1, 2);
          await().atMost(NOTICED).until(() -> cluster.buy(1, name, "majority") == 201);
          await().atMost(NOTICED).until(() -> cluster.buy(3, name, "minority") == 503);
          assertThat(cluster.buy(2, name, "majority-2")).isEqualTo(201);
          cluster.network.heal(3, 1, 2);
        });
  }

  @Test
  void cut_ofOneLinkOnly_leavesOneHistory() {
    sale.sell(
        "link",
        45,
        name -> {
          cluster.network.cut(1, 2);
          SaleUnderFault.pause(Duration.ofSeconds(20));
          cluster.network.heal(1, 2);
        });
  }

  @Test
  void pause_ofANodeLongerThanTheOthersWait_losesNothing() {
    sale.sell(
        "pause",
        45,
        name -> {
          signal("STOP", cluster.node(2).pid());
          await().atMost(NOTICED).until(() -> cluster.buy(1, name, "while-paused") == 201);
          SaleUnderFault.pause(Duration.ofSeconds(20));
          signal("CONT", cluster.node(2).pid());
        });
  }

  @Test
  void pause_ofANodeForThreeSeconds_losesNothing() {
    sale.sell(
        "blink",
        15,
        name -> {
          signal("STOP", cluster.node(1).pid());
          SaleUnderFault.pause(Duration.ofSeconds(3));
          signal("CONT", cluster.node(1).pid());
        });
  }

  @Test
  void crash_ofOneNodeAfterTheOther_losesNothing() {
    sale.sell(
        "crashes",
        45,
        name -> {
          for (int node = 1; node <= FaultyCluster.NODES; node++) {
            cluster.replace(node);
            cluster.awaitAll();
          }
        });
  }

  @Test
  void pause_ofTheDatabase_stopsNoPurchaseAndLosesNothing() {
    sale.sell(
        "database",
        30,
        name -> {
          signal("STOP", cluster.database.serverPid());
          SaleUnderFault.pause(Duration.ofSeconds(15));
          assertThat(cluster.buy(1, name, "without-database")).isEqualTo(201);
          signal("CONT", cluster.database.serverPid());
        });
  }

  private static void signal(String signal, long process) throws IOException {
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + process).start().onExit().join())
        .satisfies(ended -> assertThat(ended.exitValue()).isZero());
  }
}
