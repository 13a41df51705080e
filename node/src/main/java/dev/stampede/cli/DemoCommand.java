package dev.stampede.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A whole sale. */
@Command(
    name = "demo",
    header = "Runs a whole sale on this machine and proves the result.",
    description = {
      "Starts a database and nodes, each a process of its own, publishes the sample sales, sends"
          + " buyers to all nodes, pays a part of the orders, lets others expire, and compares what"
          + " buyers were told with the grid and with the database. Then it stays up.",
      "Its embedded database is its own (data/demo), begins empty and is thrown away; with"
          + " STAMPEDE_DB_URL the sales get names of their own and stay.",
      "Ends with 1 where the verdict is a fail."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int MAX_RATE = 100_000;
  private static final int MAX_SECONDS = 3_600;
  private static final int MIN_TO_KILL_ONE = 3;

  private final Shell shell;

  @Option(names = "--exit", description = "Stops everything after the verdict.")
  private boolean exit;

  @Option(
      names = "--kill-one",
      description = "Kills one node (kill -9) while buyers come; not with fewer than 3 nodes.")
  private boolean killOne;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the verdict as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nodes, 1 to 13. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Buyers who come, a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long they come. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--no-color", description = "Prints without colours, as NO_COLOR does.")
  private boolean noColor;

  /** With its surroundings. */
  public DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    ClusterPlan plan = new ClusterPlan(shell.in(forAMinute(shell.environment())), nodes);
    Progress progress = new Progress(shell::say);
    Cluster cluster = new Cluster(shell, plan, progress);
    ScratchFolder folder = new ScratchFolder(shell.folders(), "demo");
    Demo demo = new Demo(shell, cluster, progress);
    return cluster.during(
        () -> {
          folder.clear();
          cluster.start(folder.folders());
          demo.publish(SaleFile.read(shell.folders().sampleSales(), Instant.now()), suffix(plan));
          DemoVerdict verdict = demo.sell(rate, seconds, killOne);
          tell(verdict, progress);
          if (!exit) {
            demo.invite().forEach(shell::say);
            new CountDownLatch(1).await();
          }
          return verdict.isPass() ? ExitCode.OK : ExitCode.FAILED;
        },
        folder::remove);
  }

  /**
   * The compiler that is ready first: on few processors, in a sale of less than a minute, the
   * better one takes more time from buyers than it gives back. What the user asks for goes before
   * it.
   */
  private static Map<String, String> forAMinute(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    var _ =
        all.merge(
            NodeProcess.JAVA_OPTIONS,
            "-XX:TieredStopAtLevel=1",
            (asked, ours) -> ours + " " + asked);
    return all;
  }

  private void check() {
    var _ = UpCommand.checked(nodes);
    check("--rate", rate, MAX_RATE);
    check("--seconds", seconds, MAX_SECONDS);
    if (killOne && nodes < MIN_TO_KILL_ONE) {
      throw CommandException.usage(
          "--kill-one: found --nodes "
              + nodes
              + ", expected "
              + MIN_TO_KILL_ONE
              + " or more: with fewer, the rest may not go on selling");
    }
  }

  private static void check(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw CommandException.usage(
          option + ": found " + value + ", expected a number from 1 to " + most);
    }
  }

  /** The embedded database begins empty; in another, earlier demos have taken the plain names. */
  private static String suffix(ClusterPlan plan) {
    return plan.ownDatabase().isEmpty()
        ? ""
        : "-" + Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX);
  }

  private void tell(DemoVerdict verdict, Progress progress) {
    verdict.lines().forEach(line -> shell.say(shell.ansi(noColor).string(line)));
    shell.say(String.format(Locale.ROOT, "all in %.0f s", progress.seconds()));
    if (report != null) {
      try {
        var _ = Files.writeString(report, verdict.toJson());
      } catch (IOException e) {
        throw CommandException.environment(report + ": cannot be written: " + e.getMessage());
      }
    }
  }
}
