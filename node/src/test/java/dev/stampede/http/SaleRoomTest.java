package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What the nodes have no memory for is not put on sale. */
final class SaleRoomTest extends ApiTest {

  private static String saleBody(String id) {
    return "{\"id\":\""
        + id
        + "\",\"title\":\"T\",\"description\":\"D\","
        + "\"price\":{\"minor\":100,\"currency\":\"EUR\"},\"quantity\":10,"
        + "\"opensAt\":\"2020-01-01T10:00:00Z\",\"closesAt\":\"2099-01-01T10:00:00Z\","
        + "\"limitPerBuyer\":2,\"reduction\":\"AT_ORDER\",\"holdSeconds\":30,\"shards\":1}";
  }

  private HttpResponse<String> publish(String body) {
    return admin("/api/admin/sales", "k", body);
  }

  @Test
  void publish_whenNodesHaveNoMemoryForIt_saysSoWithFigures() {
    String id = fresh("large");
    server.room.set(0);
    try {
      assertThat(
              assertProblem(publish(saleBody(id)), 422, "sale-too-large").get("detail").asString())
          .startsWith("no room for ");
    } finally {
      server.room.set(Long.MAX_VALUE);
    }
    assertThat(publish(saleBody(id)).statusCode()).isEqualTo(201);
    server.room.set(0);
    try {
      assertThat(publish(saleBody(id)).statusCode()).as("it is there").isEqualTo(200);
      assertProblem(
          admin("/api/admin/sales/" + id + "/restock", "more", "{\"quantity\":5}"),
          422,
          "sale-too-large");
    } finally {
      server.room.set(Long.MAX_VALUE);
    }
  }
}
