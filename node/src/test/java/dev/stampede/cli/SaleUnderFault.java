package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.ops.AuditReport;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sales during which something happens to a cluster: afterwards the load generator's own record is
 * held against grid and database.
 */
record SaleUnderFault(FaultyCluster cluster) {

  private static final int RATE = 60;
  private static final int UNITS = 1_000;

  /** Something that happens while buyers come. */
  interface Fault {
    void happen(String sale) throws IOException;
  }

  /** Sells for so many seconds; the fault begins once buyers get something. */
  void sell(String name, int seconds, Fault fault) {
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

  /** Lets buyers come for a while. */
  static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }
}
