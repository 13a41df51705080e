package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

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
  void history_whenPaged_comesOnceEach() {
    String path = "/api/admin/hot/history?limit=2";

    JsonNode first = json(getAs(server.adminToken(), path));
    JsonNode last =
        json(getAs(server.adminToken(), path + "&after=" + first.get("next").asString()));

    assertThat(first.get("spells").get(0).toString())
        .isEqualTo(
            "{\"sale\":\"was-1\",\"since\":\"1970-01-01T00:00:03.000Z\","
                + "\"until\":\"1970-01-01T00:00:13.000Z\",\"peakRate\":600.5,"
                + "\"peakPurchaseRate\":30.0,\"sources\":[\"nodes\"]}");
    assertThat(first.get("spells").size()).isEqualTo(2);
    assertThat(last.get("spells").get(0).get("since").asString())
        .isEqualTo("1970-01-01T00:00:01.000Z");
    assertThat(last.get("next").isNull()).isTrue();
  }

  @Test
  void history_ofOneSale_leavesOutTheOthers() {
    JsonNode page = json(getAs(server.adminToken(), "/api/admin/hot/history?sale=was-0"));

    assertThat(page.get("spells").findValuesAsString("sale")).containsExactly("was-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=1001", "sale=A", "sale=", "after=x", "after=1", "after=1.A"})
  void history_whenAskedWrongly_isRefused(String query) {
    assertProblem(
        getAs(server.adminToken(), "/api/admin/hot/history?" + query), 400, "parameter-invalid");
  }

  @Test
  void history_whenNotAnAdmin_isRefused() {
    assertProblem(getAs(server.token("ann"), "/api/admin/hot/history"), 403, "admin-only");
    assertProblem(get("/api/admin/hot/history"), 401, "token-missing");
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
