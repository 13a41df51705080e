package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class SaleApiTest extends ApiTest {

  @Test
  void sale_whenThere_isAnsweredWithAllItsTerms() {
    server.publish("terms", 5);

    HttpResponse<String> response = get("/api/sales/terms");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"id\":\"terms\",\"title\":\"A \\\"thing\\\" of terms\","
                + "\"description\":\"Ünlimited fun\","
                + "\"price\":{\"minor\":19900,\"currency\":\"EUR\"},\"quantity\":5,"
                + "\"opensAt\":\"2020-01-01T10:00:00.000Z\","
                + "\"closesAt\":\"2099-01-01T10:00:00.000Z\",\"limitPerBuyer\":2,"
                + "\"reduction\":\"RESERVE\",\"holdSeconds\":10,\"shards\":1,"
                + "\"latePayments\":\"untilClosed\"}");
  }

  @Test
  void sale_whenUnknown_isRefused() {
    assertProblem(get("/api/sales/nowhere"), 404, "unknown-sale");
    assertProblem(get("/api/sales/No-Where"), 404, "unknown-sale");
  }

  @Test
  void sale_whenKnownToTheClient_isNotSentAgain() {
    server.publish("tagged", 5);
    String tag = header(get("/api/sales/tagged"), "ETag");

    assertThat(tag).matches("\"[0-9a-f]+\"");
    for (String known : List.of(tag, "\"x\", W/" + tag, "*")) {
      HttpResponse<String> again = send(to("/api/sales/tagged").header("If-None-Match", known));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "ETag")).isEqualTo(tag);
    }
    assertThat(send(to("/api/sales/tagged").header("If-None-Match", "\"x\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void sales_whenPaged_comeOnceEach() {
    for (int i = 0; i < 5; i++) {
      server.publish("page-" + i, 1);
    }
    List<String> seen = new ArrayList<>();
    String next = "/api/sales?limit=2&after=page";
    while (!next.isEmpty()) {
      HttpResponse<String> response = get(next);
      JsonNode page = json(response);
      page.get("sales").forEach(sale -> seen.add(sale.get("id").asString()));
      next =
          page.get("next").isNull()
              ? ""
              : header(response, "Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
    }

    assertThat(seen).filteredOn(id -> id.startsWith("page-")).hasSize(5).doesNotHaveDuplicates();
    assertThat(seen).isSorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=-1", "limit=x", "limit=101", "limit=", "after="})
  void sales_whenParameterIsInvalid_areRefused(String query) {
    assertProblem(get("/api/sales?" + query), 400, "parameter-invalid");
  }
}
