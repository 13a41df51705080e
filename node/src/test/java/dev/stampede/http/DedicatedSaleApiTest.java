package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dedicated sales while a node is of a build that does not know them. */
final class DedicatedSaleApiTest extends ApiTest {

  @BeforeEach
  void startTheRoll() {
    server.sales.tiersKnown = false;
  }

  @AfterEach
  void finishTheRoll() {
    server.sales.tiersKnown = true;
  }

  @Test
  void publish_whileANodeDoesNotKnowDedicatedSales_isRefusedForTheseOnly() {
    String id = fresh("apart");

    assertProblem(admin("/api/admin/sales", "k", body(id, "DEDICATED")), 409, "roll-unfinished");
    assertThat(get("/api/sales/" + id).statusCode()).isEqualTo(404);
    assertThat(admin("/api/admin/sales", "k", body(id, "STANDARD")).statusCode()).isEqualTo(201);
  }

  @Test
  void publish_onceAllNodesKnowDedicatedSales_isDone() {
    String id = fresh("apart");
    finishTheRoll();

    assertThat(admin("/api/admin/sales", "k", body(id, "DEDICATED")).statusCode()).isEqualTo(201);
  }

  private static String body(String id, String tier) {
    return "{\"id\":\""
        + id
        + "\",\"title\":\"T\",\"price\":{\"minor\":100,\"currency\":\"EUR\"},\"quantity\":10,"
        + "\"opensAt\":\"2020-01-01T10:00:00Z\",\"closesAt\":\"2099-01-01T10:00:00Z\","
        + "\"limitPerBuyer\":2,\"tier\":\""
        + tier
        + "\"}";
  }
}
