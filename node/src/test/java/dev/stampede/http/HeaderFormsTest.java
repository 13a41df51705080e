package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that are missing, empty, there twice, or lists over several lines. */
final class HeaderFormsTest extends ApiTest {

  private String sale() {
    return server.publish(fresh("forms"), 100).id().value();
  }

  private String purchaseOf(String sale, String headers) {
    return raw(
        "POST /api/sales/"
            + sale
            + "/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + headers
            + "Content-Length: "
            + ONE.length()
            + "\r\n\r\n"
            + ONE);
  }

  private String authorization(String buyer) {
    return "Authorization: Bearer " + server.token(buyer) + "\r\n";
  }

  private String complete(String buyer) {
    return authorization(buyer) + "Idempotency-Key: k\r\nContent-Type: application/json\r\n";
  }

  private static String jwt(String header) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + ".e30.AAAA";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "true", "{\"alg\":null}", "{\"alg\":\"HS256\",\"crit\":[]}"})
  void token_whenItsHeaderIsOdd_isInvalidOnBothPaths(String header) {
    String token = jwt(header);

    assertProblem(
        send(
            to("/api/sales/" + sale() + "/orders")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "k")
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(ONE))),
        401,
        "token-invalid");
    assertProblem(getAs(token, "/api/orders/x.0.1"), 401, "token-invalid");
  }

  @Test
  void purchase_whenSubjectIsOfAProvider_isShownAsItIs() {
    String sale = sale();
    for (String buyer : List.of("auth0|5f7c", "ann+x@y.z", "YQ==", "ann", "ANN", "ann ", "änn")) {
      assertThat(json(buy(sale, buyer, "k")).get("quantity").asInt()).isEqualTo(1);
      assertThat(json(send(purchase(sale, buyer, "k2", ONE))).get("id").asString()).isNotBlank();
    }
  }

  static Stream<String> singletons() {
    return Stream.of(
        "Authorization",
        "Idempotency-Key",
        "Content-Type",
        "webhook-id",
        "webhook-timestamp",
        "Last-Event-ID");
  }

  @ParameterizedTest
  @MethodSource("singletons")
  void request_whenASingletonIsThereTwice_isRefusedByName(String name) {
    for (String pair : List.of("a|b", "a|a", "|", "a|", "|a")) {
      String[] values = pair.split("\\|", -1);
      String lines = name + ": " + values[0] + "\r\n" + name + ": " + values[1] + "\r\n";
      String front = purchaseOf("x", lines);
      String behind =
          raw("GET /api/orders/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + lines + "\r\n");

      assertThat(front).as(pair).startsWith("HTTP/1.1 400 ").contains(name + " may be");
      assertThat(behind).as(pair).startsWith("HTTP/1.1 400 ").contains(name + " may be");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 2\r\n",
        "Content-Length: 2, 2\r\n",
        "Content-Length:\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Host: y\r\n"
      })
  void request_whenItsLengthOrHostIsAmbiguous_isRefused(String lines) {
    assertThat(
            raw(
                "POST /api/sales/x/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + lines
                    + "\r\n{}"))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Idempotency-Key",
        "Content-Type",
        "traceparent",
        "Prefer",
        "Accept",
        "If-None-Match",
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
        "Last-Event-ID",
        "Cookie",
        "Expect",
        "Upgrade",
        "Accept-Encoding",
        "If-Match",
        "Range",
        "X-Forwarded-For"
      })
  void header_whenEmptyOrTheTextNull_isNeverOurFault(String name) {
    for (String line : List.of(name + ":", name + ": ", name + ": null", name + ": \"\"", name)) {
      for (String path :
          List.of(
              "POST /api/sales/x/orders",
              "GET /api/sales",
              "GET /api/orders/x",
              "POST /api/payments/notifications",
              "POST /api/orders/x/cancel",
              "HEAD /api/hot/events",
              "GET /api/admin/audit")) {
        String answer =
            raw(path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + line + "\r\n\r\n");

        assertThat(answer).as(path + " " + line).startsWith("HTTP/1.1 ").doesNotContain(" 500 ");
        assertThat(answer).as(path + " " + line).doesNotContain("\"null\"", " null ");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=5 + respond-async",
        "respond-async + wait=5",
        "respond-async, x=1 + y + wait + z",
        " + wait",
        "wait + "
      })
  void prefer_whenOverSeveralLines_isOneList(String values) {
    StringBuilder lines = new StringBuilder();
    for (String value : values.split("\\+", -1)) {
      lines.append("Prefer: ").append(value.strip()).append("\r\n");
    }

    assertThat(purchaseOf(sale(), complete("ann") + lines)).contains("Preference-Applied: wait");
  }

  @Test
  void prefer_whenACommaIsQuoted_isNoneOfItsList() {
    assertThat(purchaseOf(sale(), complete("ann") + "Prefer: x=\"a, wait=5\"\r\n"))
        .startsWith("HTTP/1.1 201 ")
        .doesNotContain("Preference-Applied");
  }

  @Test
  void ifNoneMatch_whenOverSeveralLines_isOneList() {
    String sale = sale();
    String tag = header(get("/api/sales/" + sale), "ETag");
    for (List<String> tags :
        List.of(
            List.of(tag, "\"x\""),
            List.of("\"x\"", tag),
            List.of("\"x\", \"y\"", "\"z\", W/" + tag),
            List.of("", tag, ""))) {
      assertThat(conditional(sale, tags)).as("" + tags).startsWith("HTTP/1.1 304 ");
    }
    assertThat(conditional(sale, List.of("\"x\"", "\"y\""))).startsWith("HTTP/1.1 200 ");
    assertThat(conditional(sale, List.of("\"x," + tag.substring(1)))).startsWith("HTTP/1.1 200 ");
  }

  private String conditional(String sale, List<String> tags) {
    StringBuilder lines = new StringBuilder();
    tags.forEach(tag -> lines.append("If-None-Match: ").append(tag).append("\r\n"));
    return raw(
        "GET /api/sales/"
            + sale
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + lines
            + "\r\n");
  }

  @Test
  void webhookSignature_whenOverSeveralLines_isOneList() {
    String body =
        "{\"type\":\"payment.succeeded\",\"data\":{\"order\":\"x.0."
            + "0".repeat(32)
            + "\",\"payment\":\"p\"}}";
    Instant now = Instant.now();
    String good = server.payments.sign("m", now, body);
    for (List<String> signatures :
        List.of(List.of(good, "v1,AAAA"), List.of("v1,AAAA", good), List.of("v2,x v1,y", good))) {
      assertThat(notification(now, signatures, body))
          .as("" + signatures)
          .startsWith("HTTP/1.1 204 ");
    }
  }

  private String notification(Instant at, List<String> signatures, String body) {
    StringBuilder lines = new StringBuilder();
    signatures.forEach(each -> lines.append("webhook-signature: ").append(each).append("\r\n"));
    return raw(
        "POST /api/payments/notifications HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nwebhook-id: m\r\nwebhook-timestamp: "
            + at.getEpochSecond()
            + "\r\n"
            + lines
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=1&limit=2", "limit=1&limit=1", "after=a&after=b", "limit&limit=1"})
  void parameter_whenThereTwice_isRefused(String query) {
    assertProblem(get("/api/sales?" + query), 400, "parameter-invalid");
  }

  @Test
  void traceparent_whenThereTwice_startsANewTrace() {
    String one = "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01";
    String answer =
        raw(
            "GET /api/sales/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: "
                + one
                + "\r\ntraceparent: "
                + one
                + "\r\n\r\n");

    assertThat(answer).contains("traceparent: 00-").doesNotContain("1".repeat(32));
  }
}
