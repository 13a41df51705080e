package dev.stampede.cli;

import dev.stampede.config.ClusterSettings;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Database and nodes, until it is told to stop. */
@Command(
    name = "up",
    header = "Starts a database and some nodes, and stays in the foreground.",
    description = {
      "Each is a process of its own; node N writes to data/logs/node-N.log. The database is an"
          + " embedded MariaDB with its data in data/mariadb, or the one that STAMPEDE_DB_URL"
          + " names. What was sold stays: the next start goes on where this one ended.",
      "Ctrl-C, or SIGTERM, drains the nodes, all at the same time, and then ends the database."
          + " Nothing is left running. More nodes can join by ./stampede node."
    })
public final class UpCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nodes, 1 to 13. Default: ${DEFAULT-VALUE}, of which 1 may fail.")
  private int nodes;

  @Option(
      names = "--dedicated",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "How many of them are for dedicated sales, at most all but one: an edge sends only those"
            + " there (./stampede routes). Default: ${DEFAULT-VALUE}."
      })
  private int dedicated;

  /** With its surroundings. */
  public UpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClusterPlan plan = new ClusterPlan(shell, checked(nodes), checkedDedicated());
    Progress progress = new Progress(shell::say);
    Cluster cluster = new Cluster(shell, plan, progress);
    return cluster.during(() -> stay(cluster, progress), () -> {});
  }

  private int stay(Cluster cluster, Progress progress) throws InterruptedException {
    cluster.start(shell.folders());
    table(cluster).lines().forEach(shell::say);
    shell.say(String.format(Locale.ROOT, "ready in %.1f s; Ctrl-C stops all", progress.seconds()));
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private int checkedDedicated() {
    if (dedicated < 0 || dedicated >= nodes) {
      throw CommandException.usage(
          "--dedicated: found "
              + dedicated
              + ", expected a number from 0 to "
              + (nodes - 1)
              + ", one less than there are nodes: other sales need one");
    }
    return dedicated;
  }

  /** How many nodes there may be. */
  static int checked(int nodes) {
    if (nodes < 1 || nodes > ClusterSettings.MAX_SIZE) {
      throw CommandException.usage(
          "--nodes: found " + nodes + ", expected a number from 1 to " + ClusterSettings.MAX_SIZE);
    }
    return nodes;
  }

  /** What runs where. */
  static TextTable table(Cluster cluster) {
    TextTable table = new TextTable("NODE", "ROLE", "FOR CLIENTS", "FOR NODES", "PROCESS");
    for (NodeProcess node : cluster.nodes()) {
      Run.Member member = node.member();
      table.add(
          member.name(), node.place().role().word(), member.http(), member.grid(), member.pid());
    }
    return table;
  }
}
