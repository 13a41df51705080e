package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.Settings;
import dev.stampede.config.SettingsLoader;
import dev.stampede.order.BuyerId;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.security.Identity;
import dev.stampede.security.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three whole nodes in this process on a database of their own, asked over HTTP what is hot. */
final class ThreeNodes implements AutoCloseable {

  static final Duration AN_HOUR = Duration.ofHours(1);
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

  private static final int NODES = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final DatabaseSettings database = TestDatabase.fresh();
  private final List<Running> nodes = new ArrayList<>();
  private final String name;

  record Running(String name, int gridPort, Node node) {

    HazelcastInstance hazelcast() {
      return Objects.requireNonNull(Hazelcast.getHazelcastInstanceByName(name));
    }

    String url() {
      return "http://127.0.0.1:" + node.httpPort();
    }
  }

  private ThreeNodes(String name) {
    this.name = name;
  }

  /** Blocks until all are ready; {@code name} is that of their cluster. */
  static ThreeNodes start(String name) throws IOException, InterruptedException {
    ThreeNodes cluster = new ThreeNodes(name);
    for (int i = 0; i < NODES; i++) {
      cluster.nodes.add(cluster.startOne(name + "-" + i));
    }
    for (Running each : cluster.nodes) {
      each.node().awaitReady();
    }
    return cluster;
  }

  /** All at the same time; what they have stored stays. */
  void stopAll() {
    nodes.parallelStream().forEach(each -> each.node().close());
    nodes.clear();
  }

  /** Starts one of those that were stopped, and does not wait until it is ready. */
  Running startCold(int number) throws IOException {
    Running started = startOne(name + "-" + number);
    nodes.add(started);
    return started;
  }

  @Override
  public void close() {
    nodes.forEach(each -> each.node().close());
    client.close();
  }

  List<Running> nodes() {
    return nodes;
  }

  DatabaseSettings database() {
    return database;
  }

  Set<String> names() {
    return Set.copyOf(nodes.stream().map(Running::name).toList());
  }

  /** All nodes say that these have it in their memory. */
  void awaitCachedOn(String sale, Set<String> names) {
    await()
        .atMost(PATIENCE)
        .until(() -> nodes.stream().allMatch(each -> cachedOn(each, sale).equals(names)));
  }

  boolean hotNowhere(String sale) {
    return nodes.stream().allMatch(each -> hot(each, sale).isEmpty());
  }

  private Set<String> cachedOn(Running node, String sale) {
    Set<String> names = new HashSet<>();
    hot(node, sale)
        .ifPresent(found -> found.path("cachedOn").forEach(name -> names.add(name.asString())));
    return names;
  }

  Optional<JsonNode> hot(Running node, String sale) {
    return get(node, "/api/hot").path("hot").values().stream()
        .filter(each -> each.path("sale").asString().equals(sale))
        .findFirst();
  }

  JsonNode get(Running node, String path) {
    return JSON.readTree(response(node, path).body());
  }

  HttpResponse<String> response(Running node, String path) {
    return send(to(node, path));
  }

  Instant publish(String id, Duration opensIn, Duration promotion) {
    return publish(id, opensIn, Optional.of(promotion), AN_HOUR);
  }

  /** Publishes a sale on the first node, and answers when it opens. */
  Instant publish(String id, Duration opensIn, Optional<Duration> promotion, Duration open) {
    Instant opens = Instant.now().plus(opensIn);
    String body =
        """
        {"id": "%s", "title": "A sale", "price": {"minor": 1, "currency": "EUR"}, "quantity": 5,
         "opensAt": "%s", "closesAt": "%s", "limitPerBuyer": 1, "promoteSeconds": %s}
        """
            .formatted(
                id, opens, opens.plus(open), promotion.map(Duration::toSeconds).orElse(null));
    HttpResponse<String> response = admin(nodes.getFirst(), "/api/admin/sales", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return opens;
  }

  /** What a node says to an admin. */
  HttpResponse<String> admin(Running node, String path, String body) {
    String token =
        new Tokens(SECRET, Clock.systemUTC())
            .issue(new Identity(new BuyerId("root"), true), AN_HOUR);
    return send(
        to(node, path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder to(Running node, String path) {
    return HttpRequest.newBuilder(URI.create(node.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** One more, which joins these. */
  Running startOne(String node) throws IOException {
    int port = freePort();
    return new Running(node, port, Node.start(settings(node, port)));
  }

  private Settings settings(String node, int gridPort) {
    String members =
        String.join(",", nodes.stream().map(each -> "127.0.0.1:" + each.gridPort()).toList());
    String where = "the test";
    SettingLayer layer =
        SettingLayer.empty()
            .with(Setting.NODE_NAME, node, where)
            .with(Setting.HTTP_PORT, 0, where)
            .with(Setting.CLUSTER_NAME, name, where)
            .with(Setting.CLUSTER_SIZE, NODES, where)
            .with(Setting.GRID_PORT, gridPort, where)
            .with(Setting.GRID_MEMBERS, members, where)
            .with(Setting.DATABASE_URL, database.url(), where)
            .with(Setting.DATABASE_USER, database.user(), where)
            .with(Setting.DATABASE_PASSWORD, database.password(), where)
            .with(Setting.JWT_SECRET, SECRET, where)
            .with(Setting.ORDER_SECRET, SECRET, where)
            .with(Setting.PAYMENT_SECRETS, "whsec_" + SECRET, where)
            .with(Setting.GRID_SECRET, SECRET, where);
    return SettingsLoader.load(layer.over(SettingLayer.ofFile(Path.of("..", "stampede.yaml"))));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
