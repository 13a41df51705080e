package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each way to get a purchase wrong. */
final class PurchaseInputTest extends ApiTest {

  private String sale(long quantity) {
    String id = fresh("sale");
    server.publish(id, quantity);
    return id;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "UPPER", "a--b", "a_b", "-"})
  void purchase_whenSaleIsUnknown_isRefused(String id) {
    assertProblem(buy(id, "ann", "k1"), 404, "unknown-sale");
  }

  /** Two of a thousand lost their answer while it was sent before the body had come. */
  @RepeatedTest(1_500)
  void purchase_whenRefusedBeforeItsBodyHasCome_isAnswered() {
    assertThat(buy("nowhere", "ann", "k1").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|body-malformed",
        "nonsense|body-malformed",
        "{\"quantity\":1|body-malformed",
        "[]|body-malformed",
        "1|body-malformed",
        "null|body-malformed",
        "{}|body-malformed",
        "{\"quantity\":\"1\"}|body-malformed",
        "{\"quantity\":null}|body-malformed",
        "{\"quantity\":1,\"quantity\":1}|body-malformed",
        "{\"quantity\":1,\"colour\":2}|body-malformed",
        "{\"quantity\":1} {}|body-malformed",
        "{\"quantity\":0}|quantity-invalid",
        "{\"quantity\":-1}|quantity-invalid",
        "{\"quantity\":1.5}|quantity-invalid",
        "{\"quantity\":99999999999}|quantity-invalid"
      })
  void purchase_whenBodyIsWrong_isRefused(String body, String code) {
    String id = sale(5);

    assertProblem(send(purchase(id, "ann", "k1", body)), 400, code);
  }

  @Test
  void purchase_whenPropertyIsUnknown_namesIt() {
    String id = sale(5);

    JsonNode problem =
        assertProblem(send(purchase(id, "ann", "k1", "{\"colour\":2}")), 400, "body-malformed");

    assertThat(problem.get("detail").asString()).contains("\"colour\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain",
        "application/jsonx",
        "application/json;charset=latin1",
        "application/x-www-form-urlencoded"
      })
  void purchase_whenMediaTypeIsAnother_isRefused(String type) {
    String id = sale(5);

    assertProblem(
        send(purchase(id, "ann", "k1", ONE).setHeader("Content-Type", type)),
        415,
        "media-type-unsupported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Application/JSON", "application/json; charset=UTF-8"})
  void purchase_whenMediaTypeIsJsonInOtherLetters_isTaken(String type) {
    String id = sale(5);

    assertThat(send(purchase(id, "ann", "k1", ONE).setHeader("Content-Type", type)).statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "\"a", "\"a\"b\"", "\"a\\b\"", "a b", "é"})
  void purchase_whenKeyIsInvalid_isRefused(String key) {
    String id = sale(5);

    assertThat(
            raw(
                "POST /api/sales/"
                    + id
                    + "/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Authorization: Bearer "
                    + server.token("ann")
                    + "\r\n"
                    + "Idempotency-Key: "
                    + key
                    + "\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 14\r\n\r\n"
                    + ONE))
        .startsWith("HTTP/1.1 400 ")
        .contains(key.isEmpty() ? "idempotency-key-missing" : "idempotency-key-invalid");
  }

  @Test
  void purchase_whenKeyIsTooLong_isRefused() {
    String id = sale(5);

    assertThat(buy(id, "ann", "k".repeat(255)).statusCode()).isEqualTo(201);
    assertProblem(buy(id, "ann", "k".repeat(256)), 400, "idempotency-key-invalid");
  }

  @Test
  void purchase_whenKeyIsMissingOrTwice_isRefused() {
    String id = sale(5);
    HttpRequest.Builder bare =
        to("/api/sales/" + id + "/orders")
            .header("Authorization", "Bearer " + server.token("ann"))
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofString(ONE));

    assertProblem(send(bare), 400, "idempotency-key-missing");
    assertProblem(
        send(bare.header("Idempotency-Key", "a").header("Idempotency-Key", "b")),
        400,
        "request-malformed");
  }

  @Test
  void purchase_whenTokenIsNoGood_isRefused() {
    String id = sale(5);
    String token = server.token("ann");
    String expired =
        server.tokens.issue(new Identity(new BuyerId("ann"), false), Duration.ofHours(-1));

    HttpResponse<String> missing = buyWith(id, "Basic xyz");
    assertProblem(missing, 401, "token-missing");
    assertThat(header(missing, "WWW-Authenticate")).startsWith("Bearer");
    assertProblem(buyWith(id, "Bearer nonsense"), 401, "token-invalid");
    assertProblem(buyWith(id, "Bearer " + token + "x"), 401, "token-invalid");
    assertProblem(buyWith(id, "Bearer " + expired), 401, "token-expired");
    assertThat(buyWith(id, "bearer " + token).statusCode()).isEqualTo(201);
  }

  private HttpResponse<String> buyWith(String id, String authorization) {
    return send(purchase(id, "ann", "k1", ONE).setHeader("Authorization", authorization));
  }

  @Test
  void purchase_whenBodyIsTooLarge_isRefused() {
    String id = sale(5);
    byte[] large = " ".repeat(Exchange.MAX_BODY + 1).getBytes(StandardCharsets.US_ASCII);

    assertProblem(
        send(purchase(id, "ann", "k1", ONE).POST(BodyPublishers.ofByteArray(large))),
        413,
        "body-too-large");
    assertProblem(
        send(
            purchase(id, "ann", "k1", ONE)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
        413,
        "body-too-large");
  }

  @Test
  void purchase_whenBodyComesInPieces_isTaken() {
    String id = sale(5);
    byte[] body = (" ".repeat(9000) + ONE).getBytes(StandardCharsets.US_ASCII);

    assertThat(
            send(purchase(id, "ann", "k1", ONE)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                .statusCode())
        .isEqualTo(201);
  }
}
