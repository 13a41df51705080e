package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HotApiTest extends ApiTest {

  @Test
  void hot_whenNothingIs_isAnEmptyList() {
    server.hot.clear();
    assertThat(get("/api/hot").body()).isEqualTo("{\"hot\":[]}");
  }

  @Test
  void hot_whenSomethingIs_tellsAllOfIt() {
    Instant since = Instant.parse("2026-11-11T12:00:00Z");
    server.hot.clear();
    server.hot.add(
        new Heat.HotSale("tv", 1_200.5, 30, since, List.of("nodes", "kafka"), List.of("node-1")));

    HttpResponse<String> response = get("/api/hot");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(json(response).path("hot").path(0).toString())
        .isEqualTo(
            "{\"sale\":\"tv\",\"rate\":1200.5,\"purchaseRate\":30.0,"
                + "\"since\":\"2026-11-11T12:00:00.000Z\","
                + "\"sources\":[\"nodes\",\"kafka\"],\"cachedOn\":[\"node-1\"]}");
  }

  @Test
  void accesses_ofASale_areCounted() {
    server.publish("seen", 5);

    get("/api/sales/seen");
    get("/api/sales/seen/stock");
    var _ = send(purchase("seen", "ann", "k", "{\"quantity\":1}"));

    assertThat(server.reads).containsExactly("seen", "seen");
    assertThat(server.purchases).containsExactly("seen");
  }

  @Test
  void accesses_ofWhatIsNoSale_areNotCounted() {
    get("/api/sales/nowhere");
    get("/api/sales/nowhere/stock");
    var _ = send(purchase("nowhere", "ann", "k", "{\"quantity\":1}"));

    assertThat(server.reads).doesNotContain("nowhere");
    assertThat(server.purchases).doesNotContain("nowhere");
  }
}
