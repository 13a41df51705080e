package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.OrderId;
import dev.stampede.order.PaymentId;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class OrderApiTest extends ApiTest {

  private String order(String buyer) {
    String sale = fresh("sale");
    server.publish(sale, 5);
    return json(buy(sale, buyer, "k1")).get("id").asString();
  }

  private HttpResponse<String> cancel(String buyer, String order) {
    return send(
        to("/api/orders/" + order + "/cancel")
            .header("Authorization", "Bearer " + server.token(buyer))
            .header("Idempotency-Key", "c1")
            .POST(BodyPublishers.noBody()));
  }

  @Test
  void order_whenOnesOwn_isAnswered() {
    String id = order("ann");

    HttpResponse<String> response = getAs(server.token("ann"), "/api/orders/" + id);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("id").asString()).isEqualTo(id);
    assertThat(json(response).get("durable").asBoolean()).isTrue();
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void order_whenSomebodyElses_doesNotExist() {
    String id = order("ann");

    JsonNode foreign =
        assertProblem(getAs(server.token("bob"), "/api/orders/" + id), 404, "unknown-order");
    JsonNode unknown =
        assertProblem(
            getAs(server.token("bob"), "/api/orders/" + id.replaceAll(".{4}$", "0000")),
            404,
            "unknown-order");

    assertThat(foreign.get("detail")).isEqualTo(unknown.get("detail"));
    assertProblem(cancel("bob", id), 404, "unknown-order");
  }

  @Test
  void order_whenAskedByAnAdmin_isAnswered() {
    assertThat(getAs(server.adminToken(), "/api/orders/" + order("ann")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x.0",
        "x.0.y",
        "nowhere.0.00000000000000000000000000000000",
        "x.99.00000000000000000000000000000000",
        "x.-1.00000000000000000000000000000000"
      })
  void order_whenIdIsNone_isRefused(String id) {
    server.publish("x", 1);

    assertProblem(getAs(server.token("ann"), "/api/orders/" + id), 404, "unknown-order");
    assertProblem(cancel("ann", id), 404, "unknown-order");
  }

  @Test
  void order_withoutToken_isRefused() {
    assertProblem(get("/api/orders/" + order("ann")), 401, "token-missing");
  }

  @Test
  void cancel_whenHeld_givesTheUnitsBackOnce() {
    String id = order("ann");

    HttpResponse<String> first = cancel("ann", id);
    HttpResponse<String> again = cancel("ann", id);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(json(first).get("state").asString()).isEqualTo("CANCELLED");
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(header(again, "Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.statusCode()).isEqualTo(200);
    String sale = OrderId.parse(id).orElseThrow().sale().value();
    assertThat(json(get("/api/sales/" + sale + "/stock")).get("available").asInt()).isEqualTo(5);
  }

  @Test
  void cancel_whenPaid_isRefused() {
    String id = order("ann");
    OrderId order = OrderId.parse(id).orElseThrow();
    server
        .memory
        .execute(StockKey.of(order), new ShardCommand.Pay(order.key(), PaymentId.of("p")))
        .join();

    assertProblem(cancel("ann", id), 409, "not-cancellable");
  }

  @Test
  void cancel_withoutKey_isRefused() {
    HttpResponse<String> response =
        send(
            to("/api/orders/" + order("ann") + "/cancel")
                .header("Authorization", "Bearer " + server.token("ann"))
                .POST(BodyPublishers.noBody()));

    assertProblem(response, 400, "idempotency-key-missing");
  }
}
