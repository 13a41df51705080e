package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class PurchaseTest extends ApiTest {

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private String sale(long quantity) {
    String id = fresh("sale");
    server.publish(id, quantity);
    return id;
  }

  @Test
  void purchase_whenUnitsAreLeft_answersTheOrder() {
    String id = sale(5);

    HttpResponse<String> response = buy(id, "ann", "k1");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(response.headers().firstValue("Idempotent-Replayed")).isEmpty();
    JsonNode order = json(response);
    assertThat(header(response, "Location")).isEqualTo("/api/orders/" + order.get("id").asString());
    assertThat(order.get("id").asString()).matches(id + "\\.0\\.[0-9a-f]{32}");
    assertThat(order.get("sale").asString()).isEqualTo(id);
    assertThat(order.get("state").asString()).isEqualTo("HELD");
    assertThat(Instant.parse(order.get("heldUntil").asString()))
        .isEqualTo(Instant.parse(order.get("createdAt").asString()).plusSeconds(10));
    assertThat(order.get("durable").asBoolean()).isFalse();
  }

  @Test
  void purchase_whenRepeated_answersTheSameOrderAndSaysSo() {
    String id = sale(5);
    JsonNode first = json(buy(id, "ann", "k1"));

    HttpResponse<String> again = buy(id, "ann", "\"k1\"");

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(header(again, "Idempotent-Replayed")).isEqualTo("true");
    assertThat(json(again).get("id")).isEqualTo(first.get("id"));
  }

  @Test
  void purchase_whenKeyNamedAnotherQuantity_isRefused() {
    String id = sale(5);
    buy(id, "ann", "k1");

    assertProblem(
        send(purchase(id, "ann", "k1", "{\"quantity\":2}")), 422, "idempotency-key-reused");
  }

  @Test
  void purchase_whenKeyIsSomebodyElses_isAnotherOrder() {
    String id = sale(5);

    assertThat(json(buy(id, "ann", "k1")).get("id"))
        .isNotEqualTo(json(buy(id, "bob", "k1")).get("id"));
  }

  @Test
  void purchase_whenNothingIsLeft_isSoldOutWithoutRetryAfter() {
    String id = sale(1);
    buy(id, "ann", "k1");

    HttpResponse<String> response = buy(id, "bob", "k2");

    assertProblem(response, 409, "sold-out");
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void purchase_whenOverTheLimit_isRefused() {
    String id = sale(5);

    assertProblem(send(purchase(id, "ann", "k1", "{\"quantity\":3}")), 409, "limit-reached");
  }

  @Test
  void purchase_whenTooManyAreUnpaid_saysHowManyMayBe() {
    String id = sale(5);
    server.answerAll(new Outcome.TooManyOpen(10, 10));

    JsonNode problem = assertProblem(buy(id, "ann", "k1"), 409, "too-many-open-orders");

    assertThat(problem.get("detail").asString()).contains("may have 10 unpaid orders");
    assertThat(get("/problems/too-many-open-orders").statusCode()).isEqualTo(200);
  }

  @Test
  void purchase_whenNotOpen_saysWhenItOpens() {
    Instant opens = Instant.parse("2098-01-01T00:00:00Z");
    String id = fresh("sale");
    server.publish(TestServer.sale(id, 5, opens, TestServer.CLOSES));

    HttpResponse<String> response = buy(id, "ann", "k1");

    JsonNode problem = assertProblem(response, 403, "sale-not-open");
    assertThat(problem.get("startsAt").asString()).isEqualTo("2098-01-01T00:00:00.000Z");
    assertRetryAfter(response, 86_400, 86_402);
  }

  @Test
  void purchase_whenSaleIsOver_isRefused() {
    String id = fresh("sale");
    server.publish(
        TestServer.sale(id, 5, TestServer.OPENS, TestServer.OPENS.plus(Duration.ofHours(1))));

    assertProblem(buy(id, "ann", "k1"), 409, "sale-closed");
  }

  @ParameterizedTest
  @CsvSource({
    "LANE_FULL, 429, lane-full, 1, 3",
    "UNKNOWN, 503, outcome-unknown, 1, 3",
    "UNAVAILABLE, 503, grid-unavailable, 2, 5",
    "BACKLOG_FULL, 503, persistence-backlog, 2, 5",
    "DRAINING, 503, draining, 1, 3"
  })
  void purchase_whenStockDoesNotAnswer_saysWhenToComeBack(
      Outcome.Why why, int status, String code, int least, int most) {
    String id = sale(5);
    server.answerAll(unanswered(why));

    HttpResponse<String> response = buy(id, "ann", "k1");

    assertProblem(response, status, code);
    assertRetryAfter(response, least, most);
  }

  @Test
  void purchase_whenFrozen_saysWhenToComeBack() {
    String id = sale(5);
    server.memory.execute(new StockKey(new SaleId(id), 0), new ShardCommand.Freeze(true)).join();

    HttpResponse<String> response = buy(id, "ann", "k1");

    assertProblem(response, 503, "sale-frozen");
    assertRetryAfter(response, 5, 11);
  }

  @Test
  void purchase_whenAnsweredLater_isTheSame() {
    String id = sale(5);
    server.stock.set((key, command) ->
        server.memory.execute(key, command).thenApplyAsync(outcome -> outcome, LATER));

    assertThat(buy(id, "ann", "k1").statusCode()).isEqualTo(201);
    assertProblem(
        send(purchase(id, "ann", "k1", "{\"quantity\":2}")), 422, "idempotency-key-reused");
  }

  @ParameterizedTest
  @CsvSource({"wait, 201", "wait=3, 201", "'respond-async, wait=5', 201"})
  void purchase_whenItsBuyerWaits_isDurable(String prefer, int status) {
    HttpResponse<String> response =
        send(purchase(sale(5), "ann", "k1", ONE).header("Prefer", prefer));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).get("durable").asBoolean()).isTrue();
    assertThat(header(response, "Preference-Applied")).isEqualTo("wait");
  }

  @Test
  void purchase_whenNotStoredInTime_isAcceptedAndSaysWhereToLook() {
    String id = sale(5);
    server.stock.set((key, command) -> server.memory.execute(key, command));

    HttpResponse<String> response = send(purchase(id, "ann", "k1", ONE).header("Prefer", "wait=1"));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).get("durable").asBoolean()).isFalse();
    assertThat(header(response, "Location")).startsWith("/api/orders/" + id);
  }

  @ParameterizedTest
  @CsvSource({"wait=0", "respond-async", "waiting", "wait=-1", "x=wait"})
  void purchase_whenItPrefersSomethingElse_isAnsweredAtOnce(String prefer) {
    HttpResponse<String> response =
        send(purchase(sale(5), "ann", "k1", ONE).header("Prefer", prefer));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Preference-Applied")).isEmpty();
  }

  @Test
  void purchases_whenManyOnOneConnectionAreAnsweredLater_areAnsweredInTheirOrder()
      throws IOException {
    String id = sale(50);
    server.stock.set((key, command) ->
        server.memory.execute(key, command).thenApplyAsync(outcome -> outcome, LATER));
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      requests.append(pipelined(id, "buyer-" + i, "close".repeat(i / 19)));
    }

    String answers = raw(requests.toString());

    List<String> orders =
        Pattern.compile("\"id\":\"([^\"]+)")
            .matcher(answers)
            .results()
            .map(it -> it.group(1))
            .toList();
    assertThat(orders).hasSize(20).doesNotHaveDuplicates();
    for (int i = 0; i < 20; i++) {
      assertThat(json(buy(id, "buyer-" + i, "k")).get("id").asString()).isEqualTo(orders.get(i));
    }
  }

  private String pipelined(String id, String buyer, String connection) {
    return "POST /api/sales/"
        + id
        + "/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + server.token(buyer)
        + "\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: "
        + ONE.length()
        + (connection.isEmpty() ? "" : "\r\nConnection: " + connection)
        + "\r\n\r\n"
        + ONE;
  }

  @Test
  void purchase_whenStockFails_answersInternalErrorWithoutAnyDetail() {
    String id = sale(5);
    server.stock.set(
        (key, command) -> CompletableFuture.failedFuture(new ArithmeticException("x")));
    JsonNode later = assertProblem(buy(id, "ann", "k1"), 500, "internal-error");
    server.stock.set((key, command) -> {
      throw new ArithmeticException("x");
    });
    JsonNode atOnce = assertProblem(buy(id, "ann", "k1"), 500, "internal-error");

    assertThat(later.get("detail")).isEqualTo(atOnce.get("detail"));
  }

  @Test
  void purchase_whenStockIsOut_answersUnavailable() {
    String id = sale(5);
    server.stock.set((key, command) -> {
      throw new IllegalStateException(new ConnectException());
    });

    HttpResponse<String> response = buy(id, "ann", "k1");

    assertProblem(response, 503, "unavailable");
    assertRetryAfter(response, 2, 5);
  }

  @Test
  void stock_whenAsked_isTheViewForASecond() {
    String id = sale(5);
    buy(id, "ann", "k1");

    HttpResponse<String> response = get("/api/sales/" + id + "/stock");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Cache-Control")).isEqualTo("max-age=1");
    assertThat(json(response).get("available").asInt()).isEqualTo(4);
    assertThat(json(response).get("phase").asString()).isEqualTo("OPEN");
    assertThat(json(response).get("seq").asInt()).isEqualTo(1);
    assertProblem(get("/api/sales/nowhere/stock"), 404, "unknown-sale");
  }
}
