package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What the nodes have no memory for is not put on sale. */
final class SaleRoomTest extends PublishCalls {

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
      assertProblem(restock(id, 5), 422, "sale-too-large");
    } finally {
      server.room.set(Long.MAX_VALUE);
    }
  }

  /** The answer of the first one may have been lost. */
  @Test
  void restock_whenDoneAndRepeatedWithoutRoom_isAnsweredAgain() {
    String id = fresh("again");
    publish(saleBody(id));
    assertThat(restock(id, 5).statusCode()).isEqualTo(200);
    server.room.set(0);
    try {
      HttpResponse<String> again = restock(id, 5);

      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(json(again).get("issued").asLong()).isEqualTo(15);
      assertProblem(restock(id, 6), 422, "idempotency-key-reused");
    } finally {
      server.room.set(Long.MAX_VALUE);
    }
  }

  private HttpResponse<String> restock(String id, int units) {
    String path = "/api/admin/sales/" + id + "/restock";
    return admin(path, "more", "{\"quantity\":" + units + "}");
  }
}
