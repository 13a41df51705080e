package dev.stampede.cli;

import dev.stampede.config.Given;
import dev.stampede.config.Secrets;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.Settings;
import dev.stampede.config.SettingsLoader;
import dev.stampede.routing.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes of a cluster on this machine have in common, and where each of them listens. Fails
 * on construction where the configuration is wrong, before anything is started.
 */
final class ClusterPlan {

  /** Stands in for the embedded database, whose address is known only once it runs. */
  private static final String TO_COME = "jdbc:mariadb://127.0.0.1:3307/stampede";

  private final Shell shell;
  private final int nodes;
  private final int dedicated;
  private final SettingLayer environment;
  private final SettingLayer layer;
  private final Settings settings;
  private final Ports ports = new Ports();

  ClusterPlan(Shell shell, int nodes) {
    this(shell, nodes, 0);
  }

  /** With so many of the nodes for sales that are kept apart: the last ones. */
  ClusterPlan(Shell shell, int nodes, int dedicated) {
    this.shell = shell;
    this.nodes = nodes;
    this.dedicated = dedicated;
    this.environment = SettingLayer.ofEnvironment(shell.environment());
    this.layer = environment.over(SettingLayer.ofFile(shell.folders().settings()));
    SettingLayer complete =
        layer
            .with(Setting.CLUSTER_SIZE, nodes, "--nodes")
            .over(SettingLayer.empty().with(Setting.DATABASE_URL, TO_COME, "embedded"));
    this.settings = SettingsLoader.load(Secrets.complete(complete, shell.folders().data()));
    settings.cluster().requirePrivateAddress();
  }

  int nodes() {
    return nodes;
  }

  /** The user's own database; empty where the embedded one is to be started. */
  Optional<Run.Login> ownDatabase() {
    return layer
        .find(Setting.DATABASE_URL)
        .map(url ->
            new Run.Login(
                url.text(), text(Setting.DATABASE_USER), text(Setting.DATABASE_PASSWORD)));
  }

  private String text(Setting setting) {
    return layer.find(setting).map(Given::text).orElse("");
  }

  /** A name and free ports for each node. */
  List<NodePlace> places() {
    String httpHost = settings.http().host();
    String gridHost = settings.cluster().host();
    List<NodePlace> places = new ArrayList<>();
    for (int number = 1; number <= nodes; number++) {
      int httpPort = port(Setting.HTTP_PORT, httpHost, settings.http().port(), number);
      int gridPort = port(Setting.GRID_PORT, gridHost, settings.cluster().port(), number);
      Role role = number > nodes - dedicated ? Role.DEDICATED : Role.STANDARD;
      places.add(new NodePlace("node-" + number, httpHost, httpPort, gridHost, gridPort, role));
    }
    return places;
  }

  /** A port for a node; that of the first must be the one that was asked for. */
  private int port(Setting setting, String host, int wanted, int number) {
    if (wanted == 0) {
      return ports.anyFree(host);
    }
    Optional<Given> asked = environment.find(setting);
    if (number > 1) {
      return ports.nextFree(host, wanted);
    }
    if (asked.isPresent()) {
      return ports.asked(asked.get(), host, wanted);
    }
    int port = ports.nextFree(host, wanted);
    if (port != wanted) {
      shell.note("port " + wanted + " is taken: using " + port);
    }
    return port;
  }

  /** What every node is told, in its environment. */
  Map<String, String> environment(Run.Login database, String members) {
    Map<String, String> environment = new HashMap<>(shell.environment());
    environment.put(Setting.DATABASE_URL.variable(), database.url());
    environment.put(Setting.DATABASE_USER.variable(), database.user());
    environment.put(Setting.DATABASE_PASSWORD.variable(), database.password());
    environment.put(Setting.CLUSTER_SIZE.variable(), String.valueOf(nodes));
    environment.put(Setting.GRID_MEMBERS.variable(), members);
    return environment;
  }
}
