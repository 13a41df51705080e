package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.ops.AuditReport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emergency commands while a real node is stopped as a whole: nothing of it answers any more. */
final class HungNodeIT {

  private static final Duration PROMISED = Duration.ofSeconds(2);

  /** Shorter than the 10 s after which the others part with a node. */
  private static final Duration HANGS = Duration.ofSeconds(5);

  /** The others part with a node after 10 s. */
  private static final Duration REPLACED_WITHIN = Duration.ofSeconds(40);

  /** Each is answered after 0.6 s at most. */
  private static final int REQUESTS = 3;

  /** The sale is frozen, or it is not known in time. */
  private static final int REFUSED = 503;

  /** Of so many, some have neither owner nor backup on one of three nodes. */
  private static final int SALES = 24;

  @TempDir private Path data;
  private Shell shell;

  @Test
  void freeze_whenANodeWithNoPartOfTheSaleHangs_isDoneWithinTwoSeconds() throws Exception {
    shell = new TestShell(data, Map.of()).shell();
    try (Program up = Program.start(data, "up", "--nodes", "3");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      up.awaitOutput("ready in ");
      IntStream.range(0, SALES)
          .forEach(i -> client().publish(SaleUnderLoad.of("s-" + i, 0).sale()));
      Run.Member first = new RunFile(data).find().orElseThrow().nodes().getFirst();
      List<String> sales = notOwnedBy(first.grid());
      List<SaleClient> clients = sales.stream().map(_ -> client()).toList();
      clients.forEach(client -> client.report(sales.getFirst())); // so that each has a connection

      List<Double> seconds;
      signal("STOP", first.pid());
      try {
        List<Future<Freeze>> freezes =
            IntStream.range(0, sales.size())
                .mapToObj(i -> threads.submit(() -> freeze(clients.get(i), sales.get(i))))
                .toList();
        await().atMost(HANGS).until(() -> freezes.stream().anyMatch(HungNodeIT::isFrozen));
        signal("CONT", first.pid());
        seconds =
            freezes.stream()
                .map(HungNodeIT::result)
                .filter(Freeze::done)
                .map(Freeze::seconds)
                .sorted()
                .toList();
      } finally {
        signal("CONT", first.pid());
      }

      System.out.println("freeze beside a hung node, in seconds: " + said(seconds));
      assertThat(seconds.getFirst()).isLessThan(PROMISED.toMillis() / 1e3);
      up.stop();
      up.awaitNothingLeft();
    }
  }

  /** What is asked for afterwards is not sold, and nobody has to ask again. */
  @Test
  void freeze_whenTheNodeThatHasTheStockHangs_isTakenAtOnceAndDoneBeforeAnythingThatComes()
      throws Exception {
    shell = new TestShell(data, Map.of()).shell();
    try (Program up = Program.start(data, "up", "--nodes", "3");
        Shopper shopper = new Shopper(shell);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      up.awaitOutput("ready in ");
      client().publish(SaleUnderLoad.of("stops", 0).sale());
      List<Run.Member> nodes = new RunFile(data).find().orElseThrow().nodes();
      String owner = owner("stops");
      Run.Member hung =
          nodes.stream().filter(node -> node.grid().equals(owner)).findFirst().orElseThrow();
      SaleClient client = client();
      client.report("stops"); // so that it has a connection
      SaleClient living = new SaleClient(api(nodes.stream().filter(node -> !node.equals(hung))));

      double seconds;
      List<Future<Integer>> purchases;
      signal("STOP", hung.pid());
      try {
        long begun = System.nanoTime();
        assertThat(client.change("stops", "freeze").path("phase").asString()).isEqualTo("FREEZING");
        seconds = (System.nanoTime() - begun) / 1e9;
        purchases =
            nodes.stream()
                .filter(node -> !node.equals(hung))
                .map(node -> threads.submit(() -> statusOfPurchase(shopper, node)))
                .toList();
        await()
            .atMost(REPLACED_WITHIN)
            .ignoreExceptions()
            .until(() -> living.stock("stops").path("phase").asString().equals("FROZEN"));
      } finally {
        signal("CONT", hung.pid());
      }

      System.out.println("freeze while the owner hangs, in seconds: " + said(List.of(seconds)));
      assertThat(seconds).isLessThan(PROMISED.toMillis() / 1e3);
      assertThat(purchases).extracting(Future::get).containsOnly(REFUSED);
      up.stop();
      up.awaitNothingLeft();
    }
  }

  private static int statusOfPurchase(Shopper shopper, Run.Member node) {
    return shopper.buy(node.http(), "stops", node.name()).map(HttpResponse::statusCode).orElse(0);
  }

  private String owner(String name) {
    return api().get(VerifyCommand.AUDIT, AuditReport.class).sales().stream()
        .filter(sale -> sale.sale().equals(name))
        .flatMap(sale -> sale.shards().stream())
        .map(shard -> shard.owner())
        .findFirst()
        .orElseThrow();
  }

  private SaleClient client() {
    return new SaleClient(api());
  }

  private Api api() {
    return api(new RunFile(data).find().orElseThrow().nodes().stream());
  }

  private Api api(Stream<Run.Member> nodes) {
    return new Api(
        nodes.map(Run.Member::http).toList(), AdminAccess.adminToken(shell, Duration.ofMinutes(5)));
  }

  private List<String> notOwnedBy(String node) {
    AuditReport audit = api().get(VerifyCommand.AUDIT, AuditReport.class);
    return audit.sales().stream()
        .filter(sale -> sale.shards().stream().noneMatch(shard -> shard.owner().equals(node)))
        .map(sale -> sale.sale())
        .toList();
  }

  /** How long the answer took, and whether it said that the sale is frozen. */
  private record Freeze(boolean done, double seconds) {}

  /** Not done is one whose backup hangs. A busy machine may need more than one request. */
  private static Freeze freeze(SaleClient client, String sale) {
    long begun = System.nanoTime();
    String phase = "";
    for (int request = 0; request < REQUESTS && !phase.equals("FROZEN"); request++) {
      phase = client.change(sale, "freeze").path("phase").asString();
      assertThat(phase).isIn("FROZEN", "FREEZING");
    }
    return new Freeze(phase.equals("FROZEN"), (System.nanoTime() - begun) / 1e9);
  }

  private static boolean isFrozen(Future<Freeze> freeze) {
    return freeze.state() == Future.State.SUCCESS && freeze.resultNow().done();
  }

  private static Freeze result(Future<Freeze> freeze) {
    try {
      return freeze.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> said(List<Double> seconds) {
    return seconds.stream().map(each -> String.format(Locale.ROOT, "%.2f", each)).toList();
  }

  private static void signal(String name, long process) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
