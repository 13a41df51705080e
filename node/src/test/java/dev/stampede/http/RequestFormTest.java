package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request before anybody asks what it is about. */
final class RequestFormTest extends ApiTest {

  private static final String END = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/sales/",
        "/api/sales/x/orders/",
        "/api/sales/x/y/orders",
        "/API/sales",
        "/api/sales/x/y/stock",
        "/api/orders",
        "/problems/"
      })
  void path_whenUnknown_isRefused(String path) {
    assertProblem(get(path), 404, "unknown-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/%61dmin/audit",
        "/api/sales/x%2forders",
        "/api/sales/%2e%2e/admin",
        "/api;x/sales",
        "/api/sales;jsessionid=1",
        "//api/sales",
        "/api//sales",
        "/api/./sales",
        "/api/../api/sales",
        "/api/sales/x%00y",
        "/api/sales\\x",
        "/api/sales/\u00e9"
      })
  void path_whenItCanBeReadInTwoWays_isRefused(String path) {
    String answer = raw("GET " + path + END);

    assertThat(answer).containsAnyOf("HTTP/1.1 400 ", "HTTP/1.1 404 ");
    assertThat(answer).contains("application/problem+json", "\"traceId\"");
    assertThat(answer).doesNotContain("<html", "\"sales\":[");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/sales, 'GET, HEAD, OPTIONS'",
    "PUT, /api/sales/x/orders, 'OPTIONS, POST'",
    "GET, /api/sales/x/orders, 'OPTIONS, POST'",
    "POST, /api/sales/x/stock, 'GET, HEAD, OPTIONS'",
    "FOO, /api/orders/x/cancel, 'OPTIONS, POST'"
  })
  void method_whenNotAllowed_saysWhichAre(String method, String path, String allow) {
    HttpResponse<String> response = send(to(path).method(method, BodyPublishers.noBody()));

    assertProblem(response, 405, "method-not-allowed");
    assertThat(header(response, "Allow")).isEqualTo(allow);
  }

  @Test
  void options_always_saysWhatIsAllowed() {
    HttpResponse<String> response =
        send(to("/api/sales/x/orders").method("OPTIONS", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(header(response, "Allow")).isEqualTo("OPTIONS, POST");
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/sales", "/health/live", "/api/sales/head/stock", "/api/sales/head"})
  void head_always_isGetWithoutBody(String path) {
    server.publish("head", 5);

    HttpResponse<String> head = send(to(path).method("HEAD", BodyPublishers.noBody()));
    HttpResponse<String> get = get(path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Type")).isEqualTo(header(get, "Content-Type"));
    assertThat(header(head, "Content-Length")).isEqualTo(header(get, "Content-Length"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GARBAGE\\r\\n\\r\\n|400|request-malformed",
        "GET / HTTP/1.1\\r\\n\\r\\n|400|request-malformed",
        "GET /api/sales HTTP/9.9\\r\\nHost: x\\r\\n\\r\\n|505|http-version-unsupported",
        "GET /api/sales HTTP/1.1\\r\\nHost: x\\r\\nContent-Length:"
            + " x\\r\\n\\r\\n|400|request-malformed",
        "POST /api/sales HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length:"
            + " 2\\r\\n\\r\\n"
            + "|400|request-malformed",
        "GET /api/sales HTTP/1.1\\r\\nHost: x\\r\\n Folded: x\\r\\n\\r\\n|400|request-malformed"
      })
  void request_whenMalformed_isAProblemFromJettyToo(String request, int status, String code) {
    String answer = raw(request.replace("\\r\\n", "\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("application/problem+json", "\"code\":\"" + code + "\"");
    assertThat(answer).doesNotContain("Jetty", "jetty", "Exception");
  }

  @Test
  void headers_whenTooLarge_areRefused() {
    String answer =
        raw("GET /api/sales HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("headers-too-large");
  }

  @Test
  void address_whenTooLong_isRefused() {
    String answer = raw("GET /" + "x".repeat(20_000) + END);

    assertThat(answer).startsWith("HTTP/1.1 414 ").contains("uri-too-long");
  }

  @Test
  void method_whenOverridden_isRefused() {
    assertProblem(
        send(to("/api/sales").header("X-HTTP-Method-Override", "DELETE")),
        400,
        "request-malformed");
  }

  @Test
  void webSocket_whenAsked_isIgnoredWithoutASession() {
    HttpResponse<String> response = send(to("/api/sales").header("Sec-WebSocket-Version", "13"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void problem_whenSaidInFront_isTheSameAsBehind() {
    assertSameProblem(get("/api/sales/nowhere/stock"), get("/api/sales/nowhere"));
    assertSameProblem(
        send(to("/api/sales/x/orders").POST(BodyPublishers.noBody())), get("/api/orders/x"));
  }

  private static void assertSameProblem(HttpResponse<String> front, HttpResponse<String> behind) {
    assertThat(front.statusCode()).isEqualTo(behind.statusCode());
    assertThat(withoutLength(front)).isEqualTo(withoutLength(behind));
    assertThat(withoutPlace(front)).isEqualTo(withoutPlace(behind));
  }

  private static Map<String, List<String>> withoutLength(HttpResponse<String> response) {
    Map<String, List<String>> headers = new HashMap<>(response.headers().map());
    headers.keySet().removeAll(Set.of("content-length", "date"));
    return headers;
  }

  private static String withoutPlace(HttpResponse<String> response) {
    return response.body().replaceAll("\"(instance|traceId)\":\"[^\"]*\"", "");
  }

  @Test
  void server_always_keepsItsNameToItself() {
    assertThat(get("/api/sales").headers().firstValue("Server")).isEmpty();
  }

  @Test
  void trace_whenSent_isContinued() {
    String sent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    HttpResponse<String> cold = send(to("/nowhere").header("traceparent", sent));
    HttpResponse<String> hot = send(to("/api/sales/nowhere/stock").header("traceparent", sent));

    for (HttpResponse<String> response : List.of(cold, hot)) {
      assertThat(json(response).get("traceId").asString())
          .isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(header(response, "traceparent"))
          .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
          .isNotEqualTo(sent);
    }
  }

  @Test
  void trace_whenMalformed_isANewOne() {
    HttpResponse<String> response =
        send(to("/api/sales").header("traceparent", "00-XYZ-b7ad6b7169203331-01"));

    assertThat(header(response, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
  }

  @Test
  void body_whenCutOff_endsTheRequestOnly() {
    String head =
        "POST /api/admin/sales HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
            + JSON
            + "\r\nAuthorization: Bearer "
            + server.adminToken()
            + "\r\nContent-Length: 100\r\n\r\n{";

    cutOff(head);

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  private void cutOff(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
