package dev.stampede.cli;

import dev.stampede.persistence.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database and some nodes on this machine, each a process of its own, from their start to their
 * end.
 *
 * <p>Threads: one starts it and works with it; a shutdown hook may end it at any moment of that.
 * What is started after the end is ended at once.
 */
final class Cluster {

  /** Longer than a node tries by itself, which then says what it lacks. */
  private static final Duration START_LIMIT = Duration.ofSeconds(150);

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(45);
  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Shell shell;
  private final ClusterPlan plan;
  private final RunFile runFile;
  private final Progress progress;
  private final ClusterDatabase database;
  private final Object ending = new Object();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private Run.@Nullable Login login;
  private @Nullable RollDoor door;
  private boolean ended;
  private volatile boolean interrupted;

  /** A cluster that does not run yet. */
  Cluster(Shell shell, ClusterPlan plan, Progress progress) {
    this.shell = shell;
    this.plan = plan;
    this.progress = progress;
    this.database = new ClusterDatabase(progress, this::isEnded, shell::note);
    this.runFile = new RunFile(shell.folders().data());
  }

  /** What is done with a cluster. */
  interface Work {
    int run() throws InterruptedException;
  }

  /**
   * Takes the data folder, does the work, and ends all that was started, however the work ends.
   *
   * @param afterwards is done last, when nothing runs any more
   * @return the exit code
   */
  int during(Work work, Runnable afterwards) throws InterruptedException {
    runFile.claim(Run.begun(ProcessIdentity.current(), plan.nodes()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(afterwards), "end-cluster"));
    try {
      return work.run();
    } catch (CommandException e) {
      if (interrupted) {
        return ExitCode.INTERRUPTED; // the complaint is about the end itself
      }
      throw e;
    } finally {
      end(afterwards);
    }
  }

  private void interrupt(Runnable afterwards) {
    interrupted = true;
    end(afterwards);
  }

  /**
   * Starts everything and returns when the cluster serves and every shard has its backups.
   *
   * @param databaseFolders where the embedded database keeps its data
   * @throws CommandException where something does not start
   */
  void start(Folders databaseFolders) throws InterruptedException {
    Run.Login login = plan.ownDatabase().orElseGet(() -> database.start(databaseFolders));
    List<NodePlace> places = plan.places();
    String members = places.stream().map(NodePlace::grid).collect(Collectors.joining(","));
    Map<String, String> settings = plan.environment(login, members);
    startFirst(places.getFirst(), settings);
    startOthers(places.subList(1, places.size()), settings);
    nodes().forEach(this::watch);
    publish(login);
  }

  /** Alone, so that the others find a grid to join instead of electing one among themselves. */
  private void startFirst(NodePlace place, Map<String, String> settings)
      throws InterruptedException {
    progress.begin(place.name());
    NodeProcess first = start(place, settings);
    await(first::acceptsMembers, limit -> noNode("listens to other nodes", limit));
    progress.done("at " + place.url());
  }

  private void startOthers(List<NodePlace> places, Map<String, String> settings)
      throws InterruptedException {
    progress.begin("cluster");
    places.forEach(place -> start(place, settings));
    NodeHealth health = new NodeHealth();
    for (NodeProcess node : nodes()) {
      await(() -> health.isSafe(node.place(), size()), limit -> noNode("is ready", limit));
    }
    progress.done(plan.nodes() + " members, every shard has its backups");
  }

  private NodeProcess start(NodePlace place, Map<String, String> settings) {
    NodeProcess node = NodeProcess.start(shell.folders(), place, settings);
    keep(node);
    return node;
  }

  private String noNode(String what, String limit) {
    return "no node that "
        + what
        + " after "
        + limit
        + " (logs: "
        + shell.folders().log("node-*")
        + ")";
  }

  /**
   * Starts a node that has ended once more, and says so in {@code run.yaml}.
   *
   * @throws CommandException where it cannot be started
   */
  NodeProcess startAgain(NodeProcess node) {
    NodeProcess started = node.startAgain();
    replace(node, started);
    watch(started);
    return started;
  }

  /**
   * Waits for something, for {@link #START_LIMIT} at most, and says so every five seconds.
   *
   * @param late what to say, given how long was waited
   * @throws CommandException where it takes longer, or a node has ended
   */
  void await(Condition condition, UnaryOperator<String> late) throws InterruptedException {
    try (WaitNotes _ = new WaitNotes(NOTE_INTERVAL, shell::note, time -> late.apply(time + " s"))) {
      await(condition, late, System.nanoTime() + START_LIMIT.toNanos());
    }
  }

  private void await(Condition condition, UnaryOperator<String> late, long giveUpAt)
      throws InterruptedException {
    while (!condition.holds()) {
      Optional<NodeProcess> ended = nodes().stream().filter(node -> !node.isAlive()).findFirst();
      if (ended.isPresent()) {
        throw CommandException.environment(ended.get().obituary());
      }
      if (System.nanoTime() > giveUpAt) {
        throw CommandException.environment(late.apply(START_LIMIT.toSeconds() + " s"));
      }
      Thread.sleep(POLL);
    }
  }

  private synchronized void keep(NodeProcess started) {
    nodes.add(started);
    if (ended) {
      started.kill();
    }
  }

  /** An end that came before is not to be undone by what is written here. */
  private synchronized void replace(NodeProcess old, NodeProcess started) {
    var _ = nodes.set(nodes.indexOf(old), started);
    if (ended) {
      started.kill();
    } else {
      writeRun();
    }
  }

  private void watch(NodeProcess node) {
    node.whenLost(() -> report(node));
  }

  /** From now on others can see and use what runs. */
  private synchronized void publish(Run.Login database) {
    login = database;
    if (!ended) {
      openDoor();
      writeRun();
    }
  }

  private void writeRun() {
    List<Run.Member> running = nodes.stream().map(NodeProcess::member).toList();
    ProcessIdentity here = ProcessIdentity.current();
    runFile.write(new Run(here.pid(), here.started(), size(), login, running));
  }

  private void openDoor() {
    try {
      door = RollDoor.open(shell.folders().data(), visitor -> new Roll(shell, this, visitor).run());
    } catch (IOException e) {
      shell.note("./stampede roll will not work with these nodes: " + e.getMessage());
    }
  }

  private synchronized void report(NodeProcess node) {
    if (!ended) {
      shell.note(node.obituary());
    }
  }

  /** How many nodes were planned. */
  int size() {
    return plan.nodes();
  }

  /** Whether it has begun to end. */
  synchronized boolean isEnded() {
    return ended;
  }

  /** All nodes that were started, whether they still run or not. */
  synchronized List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** All nodes at the same time, then the database. Who comes second waits for the first. */
  private void end(Runnable afterwards) {
    synchronized (ending) {
      if (markEnded()) {
        drain(nodes().stream().filter(NodeProcess::isAlive).toList());
        database.stop();
        afterwards.run();
        runFile.remove();
      }
    }
  }

  private synchronized boolean markEnded() {
    boolean first = !ended;
    ended = true;
    if (door != null) {
      door.close();
    }
    return first;
  }

  private void drain(List<NodeProcess> running) {
    running.forEach(NodeProcess::stop);
    long giveUpAt = System.nanoTime() + DRAIN_LIMIT.toNanos();
    for (NodeProcess node : running) {
      if (!node.awaitEnd(Duration.ofNanos(Math.max(0, giveUpAt - System.nanoTime())))) {
        shell.note(
            node.place().name()
                + " did not drain within "
                + DRAIN_LIMIT.toSeconds()
                + " s: killed");
        node.kill();
      }
    }
  }

  /** Something that is waited for. */
  interface Condition {
    boolean holds() throws InterruptedException;
  }
}
