package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.config.ConfigException;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.Settings;
import dev.stampede.persistence.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodePlanTest {
  private static final String URL = "jdbc:mariadb://127.0.0.1:3399/stampede";

  @TempDir private Path data;

  @Test
  void settings_whenARunIsThere_joinsItAndUsesItsDatabase() {
    Settings settings = plan(SettingLayer.empty(), Optional.of(run(5701, 5702, 5703))).settings();

    assertThat(settings.database().url()).isEqualTo(URL);
    assertThat(settings.database().password()).isEqualTo("secret");
    assertThat(settings.cluster().size()).isEqualTo(3);
    assertThat(settings.cluster().members())
        .containsExactly("127.0.0.1:5701", "127.0.0.1:5702", "127.0.0.1:5703");
  }

  @Test
  void settings_whenItJoinsARun_isNumberedAfterItsPorts() {
    SettingLayer asked = SettingLayer.empty().with(Setting.GRID_PORT, freePort(), "test");
    int port = Integer.parseInt(asked.find(Setting.GRID_PORT).orElseThrow().text());

    Settings settings = plan(asked, Optional.of(run(port - 3, port - 2, port - 1))).settings();

    assertThat(settings.node().name()).isEqualTo("node-4");
  }

  @Test
  void plan_whenTheRunIsStillStarting_saysSo() {
    assertThatThrownBy(() ->
            plan(SettingLayer.empty(), Optional.of(Run.begun(new ProcessIdentity(7, "1"), 3))))
        .isInstanceOf(CommandException.class)
        .hasMessage("process 7 is still starting its nodes: try again soon");
  }

  @Test
  void settings_whenAnAskedPortIsTaken_saysWhoAskedForIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SettingLayer asked =
          SettingLayer.ofEnvironment(
              Map.of(
                  "STAMPEDE_HTTP_PORT",
                  String.valueOf(taken.getLocalPort()),
                  "STAMPEDE_DB_URL",
                  URL));

      assertThatThrownBy(() -> plan(asked, Optional.empty()).settings())
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith(
              "STAMPEDE_HTTP_PORT: port " + taken.getLocalPort() + " on 127.0.0.1 is taken");
    }
  }

  @Test
  void settings_whenADefaultPortIsTaken_takesTheNextAndSaysSo() throws IOException {
    TestShell shell = new TestShell(data, Map.of());
    SettingLayer asked = SettingLayer.empty().with(Setting.DATABASE_URL, URL, "test");
    try (ServerSocket first = new ServerSocket()) {
      bindIfFree(first, 8080);

      Settings settings = new NodePlan(shell.shell(), asked, Optional.empty()).settings();

      assertThat(settings.http().port()).isGreaterThan(8080);
      assertThat(shell.err()).contains("port 8080 is taken: using " + settings.http().port());
    }
  }

  @Test
  void places_whenAnAskedPortIsTaken_areRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      for (String variable : List.of("STAMPEDE_HTTP_PORT", "STAMPEDE_GRID_PORT")) {
        Map<String, String> environment = Map.of(variable, port, "STAMPEDE_DB_URL", URL);
        ClusterPlan plan = new ClusterPlan(new TestShell(data, environment).shell(), 2);

        assertThatThrownBy(plan::places)
            .isInstanceOf(CommandException.class)
            .hasMessageStartingWith(variable + ": port " + port + " on 127.0.0.1 is taken");
      }
    }
  }

  @Test
  void places_whenADefaultPortIsTaken_areTheNextAndSaySo() throws IOException {
    TestShell shell = new TestShell(data, Map.of());
    try (ServerSocket first = new ServerSocket()) {
      bindIfFree(first, 8080);

      List<NodePlace> places = new ClusterPlan(shell.shell(), 2).places();

      assertThat(places).extracting(NodePlace::httpPort).allMatch(port -> port > 8080);
      assertThat(shell.err()).contains("port 8080 is taken: using " + places.getFirst().httpPort());
    }
  }

  @Test
  void plan_whenTheGridWouldBePublic_isRefused() {
    Shell shell = new TestShell(data, Map.of("STAMPEDE_GRID_HOST", "8.8.8.8")).shell();

    assertThatThrownBy(() -> new ClusterPlan(shell, 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("cluster.host: 8.8.8.8 is not a private address");
  }

  @Test
  void places_whenAnyPortWillDo_areAllAtAnother() {
    TestShell shell = new TestShell(data, Map.of("STAMPEDE_HTTP_PORT", "0"));

    List<NodePlace> places = new ClusterPlan(shell.shell(), 3).places();

    assertThat(places).extracting(NodePlace::httpPort).doesNotHaveDuplicates().doesNotContain(0);
  }

  @Test
  void places_onAnIpv6Address_haveBracketsInTheirAddresses() {
    Map<String, String> environment =
        Map.of("STAMPEDE_HTTP_HOST", "::1", "STAMPEDE_GRID_HOST", "::1", "STAMPEDE_HTTP_PORT", "0");
    NodePlace place =
        new ClusterPlan(new TestShell(data, environment).shell(), 1).places().getFirst();

    assertThat(place.url()).isEqualTo("http://[::1]:" + place.httpPort());
    assertThat(place.grid()).isEqualTo("[::1]:" + place.gridPort());
  }

  /** Somebody else may have it already, which is as good. */
  private static void bindIfFree(ServerSocket socket, int port) throws IOException {
    if (Ports.isFree("127.0.0.1", port)) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  @Test
  void nextFree_always_givesAPortOnce() {
    Ports ports = new Ports();
    int port = freePort();

    assertThat(ports.nextFree("127.0.0.1", port)).isEqualTo(port);
    assertThat(ports.nextFree("127.0.0.1", port)).isGreaterThan(port);
  }

  private NodePlan plan(SettingLayer asked, Optional<Run> run) {
    return new NodePlan(new TestShell(data, Map.of()).shell(), asked, run);
  }

  private static Run run(int... gridPorts) {
    List<Run.Member> nodes =
        Arrays.stream(gridPorts)
            .mapToObj(port -> new Run.Member("n", "http://127.0.0.1:1", "127.0.0.1:" + port, 1))
            .toList();
    return new Run(1, "1", 3, new Run.Login(URL, "stampede", "secret"), nodes);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
