package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stampede.ops.AuditReport;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens to real nodes on a real network while buyers come: after each fault the load
 * generator's own record is held against grid and database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsIT {

  private static final int RATE = 60;
  private static final int UNITS = 1_000;
  private static final Duration NOTICED = Duration.ofSeconds(25);

  @TempDir private static Path data;
  private FaultyCluster cluster;

  /** Something that happens while buyers come. */
  private interface Fault {
    void happen(String sale) throws IOException;
  }

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Namespaces.obstacle().isEmpty(), Namespaces::obstacle);
    cluster = new FaultyCluster(data);
  }

  @AfterAll
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void cut_ofOneNodeFromTheOthers_stopsItsSalesOnlyAndLeavesOneHistory() {
    sell(
        "cut",
        45,
        sale -> {
          cluster.network.cut(3, 1, 2);
          await().atMost(NOTICED).until(() -> cluster.buy(1, sale, "majority") == 201);
          await().atMost(NOTICED).until(() -> cluster.buy(3, sale, "minority") == 503);
          assertThat(cluster.buy(2, sale, "majority-2")).isEqualTo(201);
          cluster.network.heal(3, 1, 2);
        });
  }

  @Test
  void cut_ofOneLinkOnly_leavesOneHistory() {
    sell(
        "link",
        45,
        sale -> {
          cluster.network.cut(1, 2);
          pause(Duration.ofSeconds(20));
          cluster.network.heal(1, 2);
        });
  }

  @Test
  void pause_ofANodeLongerThanTheOthersWait_losesNothing() {
    sell(
        "pause",
        45,
        sale -> {
          signal("STOP", cluster.node(2).pid());
          await().atMost(NOTICED).until(() -> cluster.buy(1, sale, "while-paused") == 201);
          pause(Duration.ofSeconds(20));
          signal("CONT", cluster.node(2).pid());
        });
  }

  @Test
  void pause_ofANodeForThreeSeconds_losesNothing() {
    sell(
        "blink",
        15,
        sale -> {
          signal("STOP", cluster.node(1).pid());
          pause(Duration.ofSeconds(3));
          signal("CONT", cluster.node(1).pid());
        });
  }

  @Test
  void crash_ofOneNodeAfterTheOther_losesNothing() {
    sell(
        "crashes",
        45,
        sale -> {
          for (int node = 1; node <= FaultyCluster.NODES; node++) {
            cluster.replace(node);
            cluster.awaitAll();
          }
        });
  }

  @Test
  void pause_ofTheDatabase_stopsNoPurchaseAndLosesNothing() {
    sell(
        "database",
        30,
        sale -> {
          signal("STOP", cluster.database.serverPid());
          pause(Duration.ofSeconds(15));
          assertThat(cluster.buy(1, sale, "without-database")).isEqualTo(201);
          signal("CONT", cluster.database.serverPid());
        });
  }

  private void sell(String name, int seconds, Fault fault) {
    SaleClient sales = new SaleClient(cluster.api());
    sales.publish(sale(name));
    LoadProcess load =
        LoadProcess.start(cluster.folders, cluster.urls(), RATE, seconds, "--sale", name);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> sales.report(name).path("available").asLong() < UNITS - 50);
    try {
      fault.happen(name);
      ObjectNode report = load.awaitReport();
      cluster.awaitAll();
      AuditReport audit = cluster.api().get(VerifyCommand.AUDIT, AuditReport.class);
      DemoVerdict verdict = new DemoVerdict(report, audit, Optional.empty(), Optional.empty());
      assertThat(verdict.isPass()).as(String.join("\n", verdict.lines())).isTrue();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      var _ = sales.change(name, "close");
    }
  }

  private static Sale sale(String name) {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(now, now.plusSeconds(3_600), 2, Reduction.RESERVE, Duration.ofSeconds(10), 1);
    return new Sale(new SaleId(name), "Sale " + name, "", 100, "EUR", UNITS, terms);
  }

  private static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }

  private static void signal(String signal, long process) throws IOException {
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + process).start().onExit().join())
        .satisfies(ended -> assertThat(ended.exitValue()).isZero());
  }
}
