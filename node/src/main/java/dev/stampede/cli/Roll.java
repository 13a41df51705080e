package dev.stampede.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One rolling restart of a cluster: each node drains and ends, and comes back with the program that
 * is there now, before the next one goes.
 *
 * <p>Where nobody listens any more, it ends after the node that it is at: none is left half done.
 */
final class Roll {

  /** Longer than a drain takes that has to wait for everything it waits for. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

  private final Shell shell;
  private final Cluster cluster;
  private final RollDoor.Visitor visitor;
  private final NodeHealth health = new NodeHealth();
  private final Progress progress = new Progress(this::say);

  Roll(Shell shell, Cluster cluster, RollDoor.Visitor visitor) {
    this.shell = shell;
    this.cluster = cluster;
    this.visitor = visitor;
  }

  /** Restarts all nodes, or as many as can be, and says what came of it. */
  RollNews.Ended run() {
    try {
      return restartAll();
    } catch (CommandException e) {
      return cluster.isEnded()
          ? stopped()
          : new RollNews.Ended(e.exitCode(), Objects.toString(e.getMessage(), e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stopped();
    }
  }

  private static RollNews.Ended stopped() {
    return new RollNews.Ended(
        ExitCode.ENVIRONMENT, "the cluster is being stopped, so the roll has ended");
  }

  private RollNews.Ended restartAll() throws InterruptedException {
    List<NodeProcess> nodes = cluster.nodes();
    for (NodeProcess node : nodes) {
      requireHealthy(node);
    }
    awaitSafe();
    for (NodeProcess node : nodes) {
      if (!visitor.tell(new RollNews.Begun(node.place().name()))) {
        shell.note("the roll was interrupted before " + node.place().name());
        return new RollNews.Ended(ExitCode.INTERRUPTED, "interrupted");
      }
      try {
        restart(node);
      } catch (CommandException e) {
        throw CommandException.environment(
            "the roll has ended at "
                + node.place().name()
                + ", the others go on: "
                + e.getMessage());
      }
    }
    String result =
        String.format(
            Locale.ROOT, "%d nodes restarted in %.1f s", nodes.size(), progress.seconds());
    shell.say(result);
    return new RollNews.Ended(ExitCode.OK, result);
  }

  /** Begins nothing that would make bad worse: without this node, the others must go on selling. */
  private void requireHealthy(NodeProcess node) throws InterruptedException {
    String name = node.place().name();
    if (!node.isAlive()) {
      throw refusal(node.obituary());
    }
    NodeHealth.State state = health.ask(node.place());
    if (!state.ready()) {
      throw refusal(name + " is not ready: " + state.reason());
    }
    if (state.members() < cluster.size()) {
      throw refusal(
          name
              + " sees "
              + state.members()
              + " nodes of "
              + cluster.size()
              + ": wait for the rest");
    }
    if (state.members() - 1 < state.quorum()) {
      throw refusal(
          "with "
              + state.members()
              + " nodes, nothing could be bought while one restarts; start one more by"
              + " ./stampede node, or stop `up` and start it again");
    }
  }

  private static CommandException refusal(String why) {
    return CommandException.environment("no node was restarted: " + why);
  }

  private void restart(NodeProcess node) throws InterruptedException {
    progress.begin(node.place().name());
    node.stop();
    if (!node.awaitEnd(DRAIN_LIMIT)) {
      throw CommandException.environment(
          node.place().name()
              + " (process "
              + node.member().pid()
              + ") takes no purchases any more, but has not ended after "
              + DRAIN_LIMIT.toSeconds()
              + " s; last it said: "
              + node.lastWords()
              + ". End it by kill -9, then ./stampede node takes its place");
    }
    progress.done("drained and ended");
    progress.begin(node.place().name());
    NodeProcess again = cluster.startAgain(node);
    awaitSafe(again);
    awaitSafe();
    progress.done("is back, as process " + again.member().pid());
  }

  private void awaitSafe() throws InterruptedException {
    for (NodeProcess node : cluster.nodes()) {
      awaitSafe(node);
    }
  }

  private void awaitSafe(NodeProcess node) throws InterruptedException {
    cluster.await(
        () -> health.isSafe(node.place(), cluster.size()),
        limit ->
            node.place().name()
                + " does not see all nodes and backups after "
                + limit
                + "; last it said: "
                + node.lastWords());
  }

  private void say(String line) {
    shell.say(line);
    var _ = visitor.tell(new RollNews.Done(line));
  }
}
