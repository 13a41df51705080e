package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.routing.Role;
import dev.stampede.routing.RouteTable;
import dev.stampede.routing.RouteTable.Dedicated;
import dev.stampede.routing.RoutedNode;
import dev.stampede.sale.SaleId;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutesApiTest extends ApiTest {

  private static final RoutedNode FIRST =
      new RoutedNode("http://127.0.0.1:8080", "node-1", Role.STANDARD);
  private static final RoutedNode TWO =
      new RoutedNode("http://127.0.0.1:8081", "node-2", Role.STANDARD);
  private static final RoutedNode OWN =
      new RoutedNode("http://127.0.0.1:8082", "node-3", Role.DEDICATED);
  private static final RoutedNode OTHER =
      new RoutedNode("http://127.0.0.1:8083", "node-4", Role.DEDICATED);

  static RouteTable table(String... sales) {
    return table(List.of(FIRST, TWO, OWN), sales);
  }

  private static RouteTable table(List<RoutedNode> nodes, String... sales) {
    return RouteTable.of(
        nodes, new Dedicated(Arrays.stream(sales).map(SaleId::new).sorted().toList(), 0));
  }

  @Test
  void routes_always_nameNodesAndSales() {
    server.routes.set(table("tv", "phone"));

    assertThat(get("/api/routes").body())
        .isEqualTo(
            "{\"version\":\""
                + server.routes.get().version()
                + "\",\"standard\":[{\"name\":\"node-1\",\"url\":\"http://127.0.0.1:8080\"},"
                + "{\"name\":\"node-2\",\"url\":\"http://127.0.0.1:8081\"}],"
                + "\"dedicated\":[{\"name\":\"node-3\",\"url\":\"http://127.0.0.1:8082\"}],"
                + "\"sales\":[{\"sale\":\"phone\",\"nodes\":[\"http://127.0.0.1:8082\"]},"
                + "{\"sale\":\"tv\",\"nodes\":[\"http://127.0.0.1:8082\"]}],\"unlisted\":0}");
  }

  @Test
  void routes_whenKnownToTheEdge_areNotSentAgain() {
    for (String path : List.of("/api/routes", "/api/routes/nginx")) {
      server.routes.set(table("phone"));
      HttpResponse<String> first = get(path);
      String tag = header(first, "ETag");
      assertThat(tag).isEqualTo('"' + server.routes.get().version() + '"');
      assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");

      HttpResponse<String> again = send(to(path).header("If-None-Match", tag));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();

      server.routes.set(table("phone", "tv"));
      HttpResponse<String> changed = send(to(path).header("If-None-Match", tag));
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(changed.body()).contains("tv", server.routes.get().version());
    }
  }

  @Test
  void routes_whenNobodyTakesRequests_areRefusedSoThatAnEdgeKeepsWhatItHas() {
    server.routes.set(RouteTable.NONE);

    assertProblem(get("/api/routes"), 503, "not-ready");
    assertProblem(get("/api/routes/nginx"), 503, "not-ready");
  }

  @Test
  void routes_withoutDedicatedNodes_leadToStandardOnes() {
    server.routes.set(table(List.of(FIRST), "phone"));

    assertThat(json(get("/api/routes")).path("sales").path(0).path("nodes").toString())
        .isEqualTo("[\"http://127.0.0.1:8080\"]");
    assertThat(get("/api/routes/nginx").body())
        .endsWith("$stampede_nodes {\n  default stampede_standard;\n}\n")
        .doesNotContain("dedicated_", "backup");
  }

  @Test
  void nginx_withDedicatedNodes_mapsEachSaleToItsFirstAndHasTheOthersStandIn() {
    server.routes.set(table(List.of(FIRST, OWN, OTHER), "default"));
    String first = server.routes.get().routes().getFirst().nodes().getFirst().url();

    assertThat(get("/api/routes/nginx").body().lines().skip(2).toList())
        .containsExactly(
            "upstream stampede_standard {",
            "  server 127.0.0.1:8080 max_fails=0;",
            "  server 127.0.0.1:8082 max_fails=0 backup;",
            "  server 127.0.0.1:8083 max_fails=0 backup;",
            "  keepalive 64;",
            "}",
            "upstream stampede_dedicated_1 {",
            "  server 127.0.0.1:8082 max_fails=0;",
            "  server 127.0.0.1:8083 max_fails=0 backup;",
            "  keepalive 64;",
            "}",
            "upstream stampede_dedicated_2 {",
            "  server 127.0.0.1:8083 max_fails=0;",
            "  server 127.0.0.1:8082 max_fails=0 backup;",
            "  keepalive 64;",
            "}",
            "map \"sale:$stampede_sale\" $stampede_nodes {",
            "  default stampede_standard;",
            "  sale:default stampede_dedicated_" + (first.equals(OWN.url()) ? 1 : 2) + ";",
            "}");
  }

  @Test
  void nginx_withDedicatedNodesOnly_sendsEverybodyThere() {
    server.routes.set(table(List.of(OWN), "phone"));

    assertThat(get("/api/routes/nginx").body())
        .contains("upstream stampede_standard {\n  server 127.0.0.1:8082 max_fails=0;\n  keepalive")
        .contains("upstream stampede_dedicated_1 {\n  server 127.0.0.1:8082 max_fails=0;\n  keep");
  }
}
