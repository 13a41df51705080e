package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sales the API publishes: not those that are over, nor texts that are none. */
final class PublishApiTest extends PublishCalls {

  @Test
  void publish_whenTheSaleIsOverAlready_isRefusedAndTheIdStaysFree() {
    String id = fresh("over");
    String over = saleBody(id).replace("2099-01-01", "2020-01-02");

    assertProblem(publish(over), 400, "sale-invalid");
    assertThat(publish(over).body()).contains("closesAt is in the past: 2020-01-02T10:00:00Z");
    assertThat(get("/api/sales/" + id).statusCode()).isEqualTo(404);
    assertThat(publish(saleBody(id)).statusCode()).isEqualTo(201);
  }

  @Test
  void publish_whenTheSameIsThereAndOver_changesNothing() {
    String id = fresh("ended");
    server.publish(TestServer.sale(id, 10, TestServer.OPENS, TestServer.OPENS.plusSeconds(60)));

    assertThat(publish(get("/api/sales/" + id).body()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Lamp \\ud83d", "\\udca1 Lamp", "\\udca1\\ud83d"})
  void publish_whenATextHasHalfASurrogatePair_isRefused(String text) {
    String id = fresh("half");

    assertProblem(publish(saleBody(id).replace("\"T\"", '"' + text + '"')), 400, "sale-invalid");
    assertProblem(publish(saleBody(id).replace("\"D\"", '"' + text + '"')), 400, "sale-invalid");
    assertThat(get("/api/sales/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void publish_whenATitleHas200CodePoints_isTaken() {
    String lamps = "\uD83D\uDCA1".repeat(200);
    String id = fresh("lamps");

    assertThat(publish(saleBody(id).replace("\"T\"", '"' + lamps + '"')).statusCode())
        .isEqualTo(201);
    assertThat(json(get("/api/sales/" + id)).path("title").asString()).isEqualTo(lamps);
  }
}
