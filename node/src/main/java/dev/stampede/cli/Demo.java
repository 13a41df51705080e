package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** The acts of a demo, on a cluster that runs. */
final class Demo {

  /** From the load generator's start until its first buyer comes: its JVM, and its warm-up. */
  private static final Duration LOAD_START = LoadProcess.WARM_UP.plusSeconds(1);

  private static final Duration TOKEN_LIFE = Duration.ofHours(12);
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Shell shell;
  private final Cluster cluster;
  private final Progress progress;
  private List<String> sold = List.of();

  Demo(Shell shell, Cluster cluster, Progress progress) {
    this.shell = shell;
    this.cluster = cluster;
    this.progress = progress;
  }

  /** Publishes sales under their names and a suffix, and buys something to see that it works. */
  void publish(List<Sale> sales, String suffix) throws InterruptedException {
    progress.begin("sales");
    SaleClient client = new SaleClient(api());
    List<Sale> published = sales.stream().map(sale -> named(sale, sale.id() + suffix)).toList();
    published.forEach(client::publish);
    Sale tried =
        published.stream()
            .filter(sale -> sale.terms().reduction() == Reduction.RESERVE)
            .findFirst()
            .orElse(published.getFirst());
    DemoProbe probe = new DemoProbe(shell, urls());
    probe.run(tried.id());
    sold = published.stream().map(sale -> sale.id().value()).toList();
    cluster.await(
        () -> probe.areListed(sold), time -> "some node does not list " + sold + " after " + time);
    progress.done(published.size() + " published; every node knows them, a purchase works");
    UpCommand.table(cluster).lines().forEach(shell::say);
  }

  private static Sale named(Sale sale, String id) {
    return new Sale(
        new SaleId(id),
        sale.title(),
        sale.description(),
        sale.priceMinor(),
        sale.currency(),
        sale.quantity(),
        sale.terms(),
        sale.promotion(),
        sale.tier());
  }

  /** Sends buyers, waits until every hold has ended and everything is stored, and judges. */
  DemoVerdict sell(int rate, int seconds, boolean killOne) throws InterruptedException {
    SaleAudits audits = new SaleAudits(api(), _ -> {});
    Duration burst = LOAD_START.plusSeconds(seconds);
    try (BacklogWatch backlog = new BacklogWatch(() -> audits.of(sold), burst)) {
      LoadProcess load = LoadProcess.start(shell.folders(), urls(), rate, seconds);
      Optional<NodeProcess> victim =
          killOne ? Optional.of(cluster.nodes().getLast()) : Optional.empty();
      victim.ifPresent(node -> killAfter(node, burst.dividedBy(2)));
      ObjectNode report = load.awaitReport();
      AuditReport asked = audits.of(sold);
      return new DemoVerdict(
          report,
          asked,
          SaleAudits.awaitStored(() -> audits.of(sold), asked),
          backlog.drained(burstEnd(report)),
          victim.map(node -> node.place().name()));
    }
  }

  private static void killAfter(NodeProcess node, Duration time) {
    Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
    var _ = CompletableFuture.runAsync(node::kill, later);
  }

  private static Instant burstEnd(ObjectNode report) {
    double seconds = report.path("seconds").asDouble();
    return Instant.parse(report.path("startedAt").asString())
        .plusMillis((long) (seconds * MILLIS_PER_SECOND));
  }

  /** What to try now. */
  List<String> invite() {
    String node = urls().getFirst();
    return List.of(
        "",
        "sales        " + node + "/api/sales",
        "API          " + node + "/openapi.yaml",
        "metrics      " + node + "/metrics",
        "admin token  " + AdminAccess.adminToken(shell, TOKEN_LIFE),
        "try          curl -s " + node + "/api/sales/aurora-headphones/stock",
        "next         ./stampede verify",
        "Not for production: one machine, no encryption, data that is thrown away. Ctrl-C stops"
            + " all.");
  }

  private Api api() {
    return new Api(urls(), AdminAccess.adminToken(shell, TOKEN_LIFE));
  }

  private List<String> urls() {
    return cluster.nodes().stream().map(node -> node.place().url()).toList();
  }
}
