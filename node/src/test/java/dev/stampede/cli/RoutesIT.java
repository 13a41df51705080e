package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.edge.Nginx;
import dev.stampede.sale.Sale;
import dev.stampede.sale.Tier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes of which one is dedicated, and a real nginx that follows their table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RoutesIT {

  /** Promised: 2 s where a node is gone, without its machine being so. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

  private static final int PURCHASES = 30;

  /** By a node that drains, or is gone. */
  private static final Set<Integer> REFUSED = Set.of(503, 0);

  private static final String APART = "apart";
  private static final String PLAIN = "plain";

  @TempDir private static Path data;
  @TempDir private static Path edgeFolder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper mapper = new JsonMapper();
  private final AtomicInteger buyers = new AtomicInteger();
  private Program up;
  private Shopper shopper;

  @BeforeAll
  void start() {
    up = Program.start(data, "up", "--nodes", "3", "--dedicated", "1");
    up.awaitOutput("ready in ");
    Shell shell = new TestShell(data, Map.of()).shell();
    shopper = new Shopper(shell);
    SaleClient sales =
        new SaleClient(new Api(urls(), AdminAccess.adminToken(shell, Duration.ofMinutes(5))));
    sales.publish(of(Tier.DEDICATED, SaleUnderLoad.of(APART, 0).sale()));
    sales.publish(SaleUnderLoad.of(PLAIN, 0).sale());
  }

  private static Sale of(Tier tier, Sale sale) {
    return new Sale(
        sale.id(),
        sale.title(),
        sale.description(),
        sale.priceMinor(),
        sale.currency(),
        sale.quantity(),
        sale.terms(),
        sale.promotion(),
        tier);
  }

  @AfterAll
  void stop() {
    up.close();
    client.close();
    shopper.close();
  }

  @Test
  @Order(1)
  void tables_ofAllNodes_agreeAndNameTheDedicatedOne() {
    List<String> urls = urls();

    JsonNode table =
        await()
            .atMost(SEEN_WITHIN)
            .until(
                () -> table(urls.get(0)),
                known ->
                    nodesOf(known).equals(urls.subList(2, 3))
                        && standardOf(known).equals(urls.subList(0, 2)));
    assertThat(table.path("dedicated").findValuesAsString("name")).containsExactly("node-3");
    assertThat(table.path("sales").findValuesAsString("sale")).containsExactly(APART);
    for (String url : urls) {
      await().atMost(SEEN_WITHIN).until(() -> table(url).equals(table));
    }
    assertThat(up.output()).containsPattern("node-3 +dedicated +http").contains("node-2  standard");
    try (Program routes = Program.start(data, "routes")) {
      assertThat(routes.awaitEnd(SEEN_WITHIN)).isZero();
      assertThat(routes.output())
          .containsPattern("node-3  dedicated  " + urls.get(2) + " +1")
          .contains("apart           " + urls.get(2));
    }
  }

  /** Any node answers for any sale. */
  @Test
  @Order(2)
  void sale_atANodeThatIsNotForIt_isSoldAllTheSame() {
    assertThat(buy(urls().get(0), APART)).isEqualTo(201);
    assertThat(buy(urls().get(2), PLAIN)).isEqualTo(201);
  }

  @Test
  @Order(3)
  void node_thatIsDrained_isInNoTableAnyMoreWhenItRefuses() {
    List<String> others = urls();
    try (Program node = Program.start(data, "node", "--role", "dedicated")) {
      node.awaitOutput("node-4 is ready");
      String url = node.output().replaceAll("(?s).*ready: (http://[0-9.:]+) .*", "$1");
      others.forEach(
          other -> await().atMost(SEEN_WITHIN).until(() -> nodesOf(other).contains(url)));

      node.stop();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(SEEN_WITHIN)
          .until(() -> REFUSED.contains(buy(url, PLAIN)));

      assertThat(others).noneMatch(other -> table(other).toString().contains(url));
      node.awaitNothingLeft();
    }
  }

  @Test
  @Order(4)
  void purchases_throughTheEdge_landWhereTheirSaleBelongsAndOutliveTheirNode() throws IOException {
    Optional<Path> nginx = Nginx.installed();
    assumeThat(nginx).as("nginx").isPresent();
    List<String> urls = urls();
    try (RoutingEdge edge = new RoutingEdge(edgeFolder, nginx.orElseThrow(), urls.subList(0, 1))) {
      assertThat(edge.table()).contains("sale:apart stampede_dedicated_1;");
      long[] before = purchases(urls);
      buyAll(edge, APART);
      long[] apart = purchases(urls);
      assertThat(minus(apart, before)).containsExactly(0, 0, PURCHASES);
      buyAll(edge, PLAIN);
      long[] plain = minus(purchases(urls), apart);
      assertThat(plain[2]).isZero();
      assertThat(plain[0] + plain[1]).isEqualTo(PURCHASES);
      assertThat(status(edge.url() + "/api/routes")).isEqualTo(404);
      assertThat(status(edge.url() + "/api/routes/nginx")).isEqualTo(404);
      assertThat(status(edge.url() + "/%61pi/routes")).isEqualTo(404);

      kill("node-3");
      buyAll(edge, APART);
      List<String> left = urls.subList(0, 2);
      for (String url : left) {
        await().atMost(SEEN_WITHIN).until(() -> left.containsAll(nodesOf(url)));
      }
      await().atMost(SEEN_WITHIN).until(() -> !edge.table().contains("dedicated_1"));
      buyAll(edge, APART);

      keepsTheLastTable(edge, left);
    }
  }

  /** What nobody can tell is not forgotten. */
  private void keepsTheLastTable(RoutingEdge edge, List<String> left) {
    String table = edge.table();
    kill("node-2"); // what is left knows that it is too few, and names nobody
    await().atMost(SEEN_WITHIN).until(() -> status(left.get(0) + "/api/routes") == 503);
    await().atMost(SEEN_WITHIN).until(() -> edge.polled().contains("no node has a table"));
    assertThat(edge.table()).isEqualTo(table);
    assertThat(status(edge.url() + "/api/sales")).isEqualTo(200);
  }

  private void buyAll(RoutingEdge edge, String sale) {
    for (int i = 0; i < PURCHASES; i++) {
      String buyer = nextBuyer();
      int status = buy(edge.url(), sale, buyer);
      // nginx closes connections when it takes a new table: then once more, with the same key.
      assertThat(status == 0 ? buy(edge.url(), sale, buyer) : status).isEqualTo(201);
    }
  }

  /** The status; 0 where there was no answer. */
  private int buy(String url, String sale) {
    return buy(url, sale, nextBuyer());
  }

  private int buy(String url, String sale, String buyer) {
    return shopper.buy(url, sale, buyer).map(HttpResponse::statusCode).orElse(0);
  }

  private String nextBuyer() {
    return "buyer-" + buyers.incrementAndGet();
  }

  private void kill(String name) {
    long pid =
        run().nodes().stream()
            .filter(node -> node.name().equals(name))
            .findFirst()
            .orElseThrow()
            .pid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** How many purchases each node has answered. */
  private long[] purchases(List<String> urls) {
    return urls.stream().mapToLong(this::purchases).toArray();
  }

  private long purchases(String url) {
    return newMetrics(url)
        .lines()
        .filter(line -> line.startsWith("stampede_http_requests_seconds_count{"))
        .filter(line -> line.contains("/orders") && line.contains("POST"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** A node gives the same bytes for a second: what differs was made after the first question. */
  private String newMetrics(String url) {
    String known = ask(url + "/metrics").body();
    return await()
        .atMost(SEEN_WITHIN)
        .until(() -> ask(url + "/metrics").body(), answer -> !answer.equals(known));
  }

  private static long[] minus(long[] after, long[] before) {
    long[] difference = new long[after.length];
    for (int i = 0; i < after.length; i++) {
      difference[i] = after[i] - before[i];
    }
    return difference;
  }

  private Run run() {
    return new RunFile(data).find().orElseThrow();
  }

  private List<String> urls() {
    return run().nodes().stream().map(Run.Member::http).toList();
  }

  private JsonNode table(String url) {
    return mapper.readTree(ask(url + "/api/routes").body());
  }

  /** Where a node says that the dedicated sale goes. */
  private List<String> nodesOf(String url) {
    return nodesOf(table(url));
  }

  private static List<String> standardOf(JsonNode table) {
    return table.path("standard").findValuesAsString("url");
  }

  private static List<String> nodesOf(JsonNode table) {
    return table.path("sales").path(0).path("nodes").valueStream().map(JsonNode::asString).toList();
  }

  private int status(String url) {
    return ask(url).statusCode();
  }

  private HttpResponse<String> ask(String url) {
    try {
      return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
