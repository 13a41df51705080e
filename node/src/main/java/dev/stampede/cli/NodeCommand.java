package dev.stampede.cli;

import dev.stampede.Node;
import dev.stampede.config.HostPort;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.Settings;
import dev.stampede.grid.JavaInputFilter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One node, in the foreground, until it is told to stop. */
@Command(
    name = "node",
    header = "Starts one node in the foreground.",
    description = {
      "Where `up` or `demo` runs on this machine, the node joins those and uses their database."
          + " Otherwise it needs a database of its own (STAMPEDE_DB_URL) and, to join others,"
          + " STAMPEDE_GRID_MEMBERS. All settings are in stampede.yaml.",
      "Ctrl-C, or SIGTERM, drains: running purchases finish, the grid hands this node's part over,"
          + " the backlog is written. The database and the other nodes go on."
    })
public final class NodeCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file with what differs from stampede.yaml.")
  private @Nullable Path config;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What logs and health call the node. Default: node- and a number.")
  private @Nullable String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "standard, or dedicated: an edge sends only dedicated sales here.")
  private @Nullable String role;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "The port for clients; taken is an error. Default: 8080 or the next free.")
  private @Nullable Integer httpPort;

  @Option(
      names = "--grid-port",
      paramLabel = "PORT",
      description = "The port for other nodes; taken is an error. Default: 5701 or the next free.")
  private @Nullable Integer gridPort;

  @Option(names = ParentWatch.OPTION, hidden = true, description = "Ends when standard input does.")
  private boolean child;

  /** With its surroundings. */
  public NodeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    // What starts a child tells it everything.
    Optional<Run> run = child ? Optional.empty() : new RunFile(shell.folders().data()).find();
    Settings settings = new NodePlan(shell, asked(), run).settings();
    if (child) {
      ParentWatch.start();
    }
    JavaInputFilter.install();
    Node node = Node.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "drain"));
    node.awaitReady();
    shell.say(
        settings.node().name()
            + " is ready: "
            + new HostPort(settings.http().host(), node.httpPort()).url()
            + " (process "
            + ProcessHandle.current().pid()
            + ")");
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private SettingLayer asked() {
    SettingLayer asked = SettingLayer.ofEnvironment(shell.environment());
    if (config != null) {
      asked = asked.over(SettingLayer.ofFile(config));
    }
    if (name != null) {
      asked = asked.with(Setting.NODE_NAME, name, "--name");
    }
    if (role != null) {
      asked = asked.with(Setting.NODE_ROLE, role, "--role");
    }
    if (httpPort != null) {
      asked = asked.with(Setting.HTTP_PORT, httpPort, "--http-port");
    }
    if (gridPort != null) {
      asked = asked.with(Setting.GRID_PORT, gridPort, "--grid-port");
    }
    return asked;
  }
}
