package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.Settings;
import dev.stampede.config.SettingsLoader;
import dev.stampede.order.BuyerId;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Promoted sales on three whole nodes, of which nobody asks for a sale. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PromotedSalesIT {

  private static final int NODES = 3;
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final DatabaseSettings database = TestDatabase.fresh();
  private final List<Running> nodes = new ArrayList<>();

  private record Running(String name, int gridPort, Node node) {

    HazelcastInstance hazelcast() {
      return Objects.requireNonNull(Hazelcast.getHazelcastInstanceByName(name));
    }
  }

  @BeforeAll
  void start() throws Exception {
    for (int i = 0; i < NODES; i++) {
      nodes.add(startOne("promoted-" + i));
    }
    for (Running each : nodes) {
      each.node().awaitReady();
    }
  }

  @AfterAll
  void stop() {
    nodes.forEach(each -> each.node().close());
    client.close();
  }

  @Test
  void sale_whenItsTimeHasCome_isInEveryNearCacheBeforeAnybodyRead() throws Exception {
    Duration ahead = Duration.ofSeconds(3);
    Instant from = publish("soon", AN_HOUR.plus(ahead), AN_HOUR).minus(AN_HOUR);
    assertThat(hot(nodes.getFirst(), "soon")).isEmpty();

    awaitCachedOn("soon", names());

    assertThat(Instant.now()).isAfterOrEqualTo(from);
    nodes.forEach(PromotedSalesIT::awaitCached);
    JsonNode shown = hot(nodes.getFirst(), "soon").orElseThrow();
    assertThat(shown.path("sources").values())
        .extracting(JsonNode::asString)
        .containsExactly("static");
    assertThat(shown.path("rate").asDouble()).isZero();
  }

  @Test
  void sale_whenItCloses_isHotNoMore() throws Exception {
    publish("short", Duration.ofMillis(-1), Duration.ZERO, Duration.ofSeconds(6));
    awaitCachedOn("short", names());

    await().atMost(PATIENCE).until(() -> hotNowhere("short"));
  }

  @Test
  void node_whenItJoins_hasWhatIsPromotedAlready() throws Exception {
    publish("standing", AN_HOUR, AN_HOUR);
    awaitCachedOn("standing", names());

    Running late = startOne("promoted-late");
    try {
      late.node().awaitReady();
      Set<String> all = new HashSet<>(names());
      all.add(late.name());
      awaitCachedOn("standing", all);
      awaitCached(late);
    } finally {
      late.node().close();
    }
  }

  /** As a node of a build that knows nothing of promotions would, were it a sale's owner. */
  @Test
  void promotion_whenAnotherBuildHasDroppedIt_comesBackWithTheNextNodeThatStarts()
      throws Exception {
    publish("forgotten", AN_HOUR, AN_HOUR);
    awaitCachedOn("forgotten", names());
    IMap<SaleId, Sale> sales = nodes.getFirst().hazelcast().getMap("sales");
    sales.computeIfPresent(new SaleId("forgotten"), (_, sale) -> plain(sale));
    await().atMost(PATIENCE).until(() -> hotNowhere("forgotten"));

    nodes.get(1).node().awaitReady(); // does what a node does when it starts

    awaitCachedOn("forgotten", names());
  }

  private static Sale plain(Sale sale) {
    return new Sale(
        sale.id(),
        sale.title(),
        sale.description(),
        sale.priceMinor(),
        sale.currency(),
        sale.quantity(),
        sale.terms());
  }

  private Set<String> names() {
    return Set.copyOf(nodes.stream().map(Running::name).toList());
  }

  private void awaitCachedOn(String sale, Set<String> names) {
    await()
        .atMost(PATIENCE)
        .until(() -> nodes.stream().allMatch(each -> cachedOn(each, sale).equals(names)));
  }

  private boolean hotNowhere(String sale) {
    return nodes.stream().allMatch(each -> hot(each, sale).isEmpty());
  }

  private Set<String> cachedOn(Running node, String sale) {
    Set<String> names = new HashSet<>();
    hot(node, sale)
        .ifPresent(found -> found.path("cachedOn").forEach(name -> names.add(name.asString())));
    return names;
  }

  private Optional<JsonNode> hot(Running node, String sale) {
    JsonNode answer = JSON.readTree(send(to(node, "/api/hot")).body());
    return answer.path("hot").values().stream()
        .filter(each -> each.path("sale").asString().equals(sale))
        .findFirst();
  }

  /** Its near cache has a view, other than in the moment after the owner has put in a newer one. */
  private static void awaitCached(Running node) {
    await().atMost(PATIENCE).until(() -> cached(node) > 0);
  }

  private static long cached(Running node) {
    return node.hazelcast()
        .getMap("stock-views")
        .getLocalMapStats()
        .getNearCacheStats()
        .getOwnedEntryCount();
  }

  private Instant publish(String id, Duration opensIn, Duration promotion) {
    return publish(id, opensIn, promotion, AN_HOUR);
  }

  /** Answers when it opens. */
  private Instant publish(String id, Duration opensIn, Duration promotion, Duration open) {
    Instant opens = Instant.now().plus(opensIn);
    String body =
        """
        {"id": "%s", "title": "A sale", "price": {"minor": 1, "currency": "EUR"}, "quantity": 5,
         "opensAt": "%s", "closesAt": "%s", "limitPerBuyer": 1, "promoteSeconds": %d}
        """
            .formatted(id, opens, opens.plus(open), promotion.toSeconds());
    String token =
        new Tokens(SECRET, Clock.systemUTC())
            .issue(new Identity(new BuyerId("root"), true), AN_HOUR);
    HttpResponse<String> response =
        send(
            to(nodes.getFirst(), "/api/admin/sales")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return opens;
  }

  private static HttpRequest.Builder to(Running node, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.node().httpPort() + path));
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

  private Running startOne(String name) throws IOException {
    int port = freePort();
    return new Running(name, port, Node.start(settings(name, port)));
  }

  private Settings settings(String name, int gridPort) {
    String members =
        String.join(",", nodes.stream().map(each -> "127.0.0.1:" + each.gridPort()).toList());
    String where = "the test";
    SettingLayer layer =
        SettingLayer.empty()
            .with(Setting.NODE_NAME, name, where)
            .with(Setting.HTTP_PORT, 0, where)
            .with(Setting.CLUSTER_NAME, "promoted-sales", where)
            .with(Setting.CLUSTER_SIZE, NODES, where)
            .with(Setting.GRID_PORT, gridPort, where)
            .with(Setting.GRID_MEMBERS, members, where)
            .with(Setting.DATABASE_URL, database.url(), where)
            .with(Setting.DATABASE_USER, database.user(), where)
            .with(Setting.DATABASE_PASSWORD, database.password(), where)
            .with(Setting.JWT_SECRET, SECRET, where)
            .with(Setting.ORDER_SECRET, SECRET, where)
            .with(Setting.PAYMENT_SECRETS, "whsec_" + SECRET, where);
    return SettingsLoader.load(layer.over(SettingLayer.ofFile(Path.of("..", "stampede.yaml"))));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
