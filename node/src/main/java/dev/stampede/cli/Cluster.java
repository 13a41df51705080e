package dev.stampede.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database and some nodes on this machine, each a process of its own, from their start to their
 * end.
 *
 * <p>Threads: one starts it; any other, such as a shutdown hook, may close it at any moment of the
 * start. What is started after that is ended at once.
 */
final class Cluster implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Shell shell;
  private final ClusterPlan plan;
  private final Folders databaseFolders;
  private final RunFile runFile;
  private final Progress progress;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private @Nullable DatabaseProcess database;
  private boolean closed;

  /**
   * A cluster that does not run yet.
   *
   * @param databaseFolders where the embedded database keeps its data
   */
  Cluster(Shell shell, ClusterPlan plan, Folders databaseFolders, Progress progress) {
    this.shell = shell;
    this.plan = plan;
    this.databaseFolders = databaseFolders;
    this.progress = progress;
    this.runFile = new RunFile(shell.folders().data());
  }

  /**
   * Takes the data folder for itself, and sees to it that nothing started outlives this process.
   */
  void claim() {
    runFile.claim(Run.begun(ProcessHandle.current().pid(), plan.nodes()));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-cluster"));
  }

  /**
   * Starts everything and returns when the cluster serves and every shard has its backups.
   *
   * @throws CommandException where something does not start
   */
  void start() throws InterruptedException {
    Run.Login login = plan.ownDatabase().orElseGet(this::startDatabase);
    List<NodePlace> places = plan.places();
    String members = places.stream().map(NodePlace::grid).collect(Collectors.joining(","));
    Map<String, String> settings = plan.environment(login, members);
    startFirst(places.getFirst(), settings);
    startOthers(places.subList(1, places.size()), settings);
    runFile.write(
        new Run(
            ProcessHandle.current().pid(),
            plan.nodes(),
            login,
            nodes().stream().map(NodeProcess::member).toList()));
  }

  private Run.Login startDatabase() {
    progress.begin("database");
    DatabaseProcess started = DatabaseProcess.start(databaseFolders, OptionalInt.empty());
    keep(started);
    progress.done("MariaDB at 127.0.0.1:" + started.port());
    return new Run.Login(started.url(), started.user(), started.password());
  }

  /** Alone, so that the others find a grid to join instead of electing one among themselves. */
  private void startFirst(NodePlace place, Map<String, String> settings)
      throws InterruptedException {
    progress.begin(place.name());
    NodeProcess first = start(place, settings);
    await(first::acceptsMembers, "listens to other nodes");
    progress.done("at " + place.url());
  }

  private void startOthers(List<NodePlace> places, Map<String, String> settings)
      throws InterruptedException {
    progress.begin(places.isEmpty() ? "ready" : "the others");
    places.forEach(place -> start(place, settings));
    NodeHealth health = new NodeHealth();
    for (NodeProcess node : nodes()) {
      await(() -> health.isSafe(node.place(), plan.nodes()), "is ready");
    }
    progress.done(plan.nodes() + " members, every shard has its backups");
  }

  private NodeProcess start(NodePlace place, Map<String, String> settings) {
    NodeProcess node = NodeProcess.start(shell.folders(), place, settings);
    keep(node);
    return node;
  }

  private void await(Condition condition, String what) throws InterruptedException {
    long giveUpAt = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.holds()) {
      Optional<NodeProcess> ended = nodes().stream().filter(node -> !node.isAlive()).findFirst();
      if (ended.isPresent()) {
        throw CommandException.environment(ended.get().obituary());
      }
      if (System.nanoTime() > giveUpAt) {
        throw CommandException.environment(
            "no node that "
                + what
                + " after "
                + START_LIMIT.toSeconds()
                + " s (logs: "
                + shell.folders().log("node-*")
                + ")");
      }
      Thread.sleep(POLL);
    }
  }

  private synchronized void keep(DatabaseProcess started) {
    database = started;
    if (closed) {
      started.stop();
    }
  }

  private synchronized void keep(NodeProcess started) {
    nodes.add(started);
    if (closed) {
      started.kill();
    } else {
      started.whenEnded(() -> report(started));
    }
  }

  private synchronized void report(NodeProcess ended) {
    if (!closed) {
      shell.note(ended.obituary());
    }
  }

  /** All nodes that were started, whether they still run or not. */
  synchronized List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** Stops all nodes at the same time, then the database. May be repeated. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    List<NodeProcess> running = nodes().stream().filter(NodeProcess::isAlive).toList();
    running.forEach(NodeProcess::stop);
    drain(running);
    stopDatabase();
    runFile.remove();
  }

  private void drain(List<NodeProcess> running) {
    long giveUpAt = System.nanoTime() + DRAIN_LIMIT.toNanos();
    for (NodeProcess node : running) {
      try {
        Duration left = Duration.ofNanos(Math.max(0, giveUpAt - System.nanoTime()));
        if (!node.awaitEnd(left)) {
          shell.note(
              node.place().name()
                  + " did not drain within "
                  + DRAIN_LIMIT.toSeconds()
                  + " s: killed");
          node.kill();
        }
      } catch (InterruptedException e) {
        node.kill();
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void stopDatabase() {
    if (database != null) {
      database.stop();
    }
  }

  /** Something that is waited for. */
  private interface Condition {
    boolean holds() throws InterruptedException;
  }
}
