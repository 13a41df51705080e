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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sale to which buyers come while something happens to the cluster. When they have gone, the load
 * generator's own record is held against grid and database.
 *
 * @param name of a sale that is not there yet
 * @param units how many there are
 * @param seconds for how long buyers come
 * @param options more of the load generator's
 */
record SaleUnderLoad(String name, int units, int seconds, List<String> options) {

  private static final int RATE = 60;

  /** Units for the shorter tests: the sale sells out towards the end. */
  private static final int FEW = 1_000;

  /** Units of which some are left whatever happens. */
  private static final int MANY = 10_000;

  /** What happens, given the name of the sale. */
  interface Fault {
    void happen(String sale) throws IOException;
  }

  static SaleUnderLoad of(String name, int seconds) {
    return new SaleUnderLoad(name, FEW, seconds, List.of());
  }

  static SaleUnderLoad ofMany(String name, int seconds, String... options) {
    return new SaleUnderLoad(name, MANY, seconds, List.of(options));
  }

  /** Lets it happen while buyers come, and judges. All nodes must be back then. */
  void during(FaultyCluster cluster, Fault fault) {
    SaleClient sales = new SaleClient(cluster.api());
    sales.publish(sale());
    LoadProcess load =
        LoadProcess.start(cluster.folders, cluster.urls(), RATE, seconds, arguments());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> sales.report(name).path("available").asLong() < units - 50);
    try {
      fault.happen(name);
      ObjectNode report = load.awaitReport();
      cluster.awaitAll();
      AuditReport asked = cluster.audit();
      AuditReport audit = SaleAudits.awaitStored(cluster::audit, asked);
      DemoVerdict verdict =
          new DemoVerdict(report, asked, audit, Optional.empty(), Optional.empty());
      assertThat(verdict.isPass()).as(String.join("\n", verdict.lines())).isTrue();
      var _ = sales.change(name, "close");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String[] arguments() {
    List<String> arguments = new ArrayList<>(List.of("--sale", name));
    arguments.addAll(options);
    return arguments.toArray(String[]::new);
  }

  /** Published as it is, without buyers. */
  Sale sale() {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(now, now.plusSeconds(3_600), 2, Reduction.RESERVE, Duration.ofSeconds(10), 1);
    return new Sale(new SaleId(name), "Sale " + name, "", 100, "EUR", units, terms);
  }

  /** Lets time pass: some faults consist of nothing else. */
  static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }
}
