package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.ops.AuditReport;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emergency commands while a real node is stopped as a whole: nothing of it answers any more. */
final class HungNodeIT {

  private static final Duration PROMISED = Duration.ofSeconds(2);

  /** Shorter than the 10 s after which the others part with a node. */
  private static final Duration HANGS = Duration.ofSeconds(5);

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
        List<Future<Double>> freezes =
            IntStream.range(0, sales.size())
                .mapToObj(i -> threads.submit(() -> freeze(clients.get(i), sales.get(i))))
                .toList();
        await().atMost(HANGS).until(() -> freezes.stream().anyMatch(Future::isDone));
        signal("CONT", first.pid());
        seconds = freezes.stream().map(HungNodeIT::result).sorted().toList();
      } finally {
        signal("CONT", first.pid());
      }

      System.out.println("freeze beside a hung node, in seconds: " + said(seconds));
      assertThat(seconds.getFirst()).isLessThan(PROMISED.toMillis() / 1e3);
      up.stop();
      up.awaitNothingLeft();
    }
  }

  private SaleClient client() {
    return new SaleClient(api());
  }

  private Api api() {
    List<String> nodes =
        new RunFile(data).find().orElseThrow().nodes().stream().map(Run.Member::http).toList();
    return new Api(nodes, AdminAccess.adminToken(shell, Duration.ofMinutes(5)));
  }

  private List<String> notOwnedBy(String node) {
    AuditReport audit = api().get(VerifyCommand.AUDIT, AuditReport.class);
    return audit.sales().stream()
        .filter(sale -> sale.shards().stream().noneMatch(shard -> shard.owner().equals(node)))
        .map(sale -> sale.sale())
        .toList();
  }

  private static double freeze(SaleClient client, String sale) {
    long begun = System.nanoTime();
    assertThat(client.change(sale, "freeze").path("phase").asString()).isEqualTo("FROZEN");
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double result(Future<Double> freeze) {
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
