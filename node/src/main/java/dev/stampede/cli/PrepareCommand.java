package dev.stampede.cli;

import dev.stampede.config.Setting;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Makes nodes start fast: runs one, buys from it, and has its JVM keep what it learned, which are
 * classes ready for use and profiles for the compilers (JEP 483, 514 and 515). The next nodes take
 * a third of the processor time to start.
 */
@Command(
    name = "prepare",
    header = "Makes nodes start fast. The launcher does this once after a build.",
    description = {
      "Runs a node on a database of its own for some seconds and keeps what its JVM learned in"
          + " node/target/stampede-node.aot. Nodes work without that file too."
    })
public final class PrepareCommand implements Callable<Integer> {

  /** So many that the purchase path is known to be hot; as many as one buyer may make. */
  private static final int PURCHASES = SaleTerms.MAX_LIMIT;

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  private final Shell shell;

  /** With its surroundings. */
  public PrepareCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    ScratchFolder folder = new ScratchFolder(shell.folders(), "prepare");
    Path made = folder.folders().data().resolve("stampede-node.aot");
    Shell inside = inside(folder, made);
    Progress progress = new Progress(inside::say);
    folder.clear();
    remove(shell.folders().startCache());
    Cluster cluster = new Cluster(inside, new ClusterPlan(inside, 1), progress);
    return cluster.during(
        () -> {
          cluster.start(folder.folders());
          buy(inside, cluster.nodes().getFirst().place().url(), progress);
          return ExitCode.OK;
        },
        () -> {
          keep(made);
          folder.remove();
        });
  }

  /**
   * The same surroundings, but for where data is, without a database of the user's, on ports where
   * nobody looks for a node, and with a buyer who may buy all the time.
   */
  private Shell inside(ScratchFolder folder, Path made) {
    Map<String, String> environment = new HashMap<>(shell.environment());
    List.of(Setting.DATABASE_URL, Setting.DATABASE_USER, Setting.DATABASE_PASSWORD)
        .forEach(setting -> environment.remove(setting.variable()));
    environment.put(Setting.HTTP_PORT.variable(), String.valueOf(Ports.anyFree()));
    environment.put(Setting.GRID_PORT.variable(), String.valueOf(Ports.anyFree()));
    environment.put(Setting.SALE_MAX_OPEN_ORDERS.variable(), String.valueOf(PURCHASES));
    environment.remove(NodeProcess.JAVA_OPTIONS);
    environment.put(NodeProcess.AOT_OUTPUT, made.toString());
    return new Shell(
        shell.out(), shell.err(), folder.folders(), Map.copyOf(environment), shell.terminal());
  }

  private static void buy(Shell inside, String node, Progress progress) {
    progress.begin("purchases");
    Api api = new Api(List.of(node), AdminAccess.adminToken(inside, TOKEN_LIFE));
    SaleId sale = new SaleId("prepare");
    new SaleClient(api).publish(sale(sale));
    new DemoProbe(inside, List.of(node)).run(sale);
    for (int i = 0; i < PURCHASES; i++) {
      Map<String, String> key = Map.of("Idempotency-Key", "prepare-" + i);
      var _ = api.post("/api/sales/" + sale + "/orders", Map.of("quantity", 1), key);
    }
    progress.done(PURCHASES + " made");
  }

  private static Sale sale(SaleId id) {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(now, now.plus(TOKEN_LIFE), PURCHASES, Reduction.RESERVE, TOKEN_LIFE, 1);
    return new Sale(id, "Prepare", "", 0, "EUR", 2L * PURCHASES, terms);
  }

  private static void remove(Path file) {
    try {
      var _ = Files.deleteIfExists(file);
    } catch (IOException e) {
      throw CommandException.environment(file + ": cannot be removed: " + e.getMessage());
    }
  }

  /** By a move, so that no node ever sees a half. */
  private void keep(Path made) {
    if (Files.notExists(made)) {
      return;
    }
    try {
      var _ = Files.move(made, shell.folders().startCache(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CommandException.environment(made + ": cannot be kept: " + e.getMessage());
    }
  }
}
