package dev.stampede.cli;

import dev.stampede.config.ClusterSettings;
import dev.stampede.config.Given;
import dev.stampede.config.Secrets;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.Settings;
import dev.stampede.config.SettingsLoader;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts the settings of a node together: the project's file, a file of the user, the environment,
 * what runs on this machine, and flags; each goes before those named earlier. A port that nobody
 * asked for is moved where it is taken.
 */
final class NodePlan {

  private static final String CHOSEN = "chosen";

  private final Shell shell;
  private final Ports ports = new Ports();
  private final SettingLayer asked;
  private SettingLayer layer;

  /**
   * A plan.
   *
   * @param asked what the user asked for this node: flags over environment over a file
   * @param run what it should join, if anything
   */
  NodePlan(Shell shell, SettingLayer asked, Optional<Run> run) {
    this.shell = shell;
    this.asked = asked;
    this.layer = asked.over(SettingLayer.ofFile(shell.folders().settings()));
    run.ifPresent(this::join);
  }

  private void join(Run run) {
    Run.Login login =
        run.login()
            .filter(each -> !run.nodes().isEmpty())
            .orElseThrow(() ->
                CommandException.environment(
                    "process " + run.pid() + " is still starting its nodes: try again soon"));
    String members = run.nodes().stream().map(Run.Member::grid).collect(Collectors.joining(","));
    layer =
        login
            .settings()
            .with(Setting.CLUSTER_SIZE, run.clusterSize(), Run.FILE)
            .with(Setting.GRID_MEMBERS, members, Run.FILE)
            .over(layer);
  }

  /**
   * The settings, with ports that are free.
   *
   * @throws CommandException where there is no database, or a port that was asked for is taken
   */
  Settings settings() {
    if (layer.find(Setting.DATABASE_URL).isEmpty()) {
      throw CommandException.environment(
          "no database: start one together with nodes by ./stampede up, or name yours in "
              + Setting.DATABASE_URL.variable());
    }
    SettingLayer complete = Secrets.complete(layer, shell.folders().data());
    Settings first = SettingsLoader.load(complete);
    int httpPort = freePort(Setting.HTTP_PORT, first.http().host(), first.http().port());
    int gridPort = freePort(Setting.GRID_PORT, first.cluster().host(), first.cluster().port());
    SettingLayer chosen =
        SettingLayer.empty()
            .with(Setting.HTTP_PORT, httpPort, CHOSEN)
            .with(Setting.GRID_PORT, gridPort, CHOSEN);
    if (asked.find(Setting.NODE_NAME).isEmpty()) {
      chosen = chosen.with(Setting.NODE_NAME, "node-" + number(first.cluster(), gridPort), CHOSEN);
    }
    return SettingsLoader.load(chosen.over(complete));
  }

  /** Its place among the ports of this machine, which tells it from those that run already. */
  private static int number(ClusterSettings cluster, int gridPort) {
    int first =
        cluster.members().stream()
            .mapToInt(member -> Integer.parseInt(member.substring(member.lastIndexOf(':') + 1)))
            .filter(port -> port <= gridPort)
            .min()
            .orElse(gridPort);
    return 1 + gridPort - first;
  }

  private int freePort(Setting setting, String host, int wanted) {
    Optional<Given> given = asked.find(setting);
    if (given.isPresent()) {
      return wanted == 0 ? wanted : ports.asked(given.get(), host, wanted);
    }
    int port = ports.nextFree(host, wanted);
    if (port != wanted) {
      shell.note("port " + wanted + " is taken: using " + port);
    }
    return port;
  }
}
