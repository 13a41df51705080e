package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stock.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that talk to a running server over real sockets. One server a class, new names a test.
 * Every answer is held against the API document.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiTest {

  static final String JSON = "application/json";
  static final String ONE = "{\"quantity\":1}";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final OpenApiDocument DOCUMENT = new OpenApiDocument(document());
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final HttpClient client = HttpClient.newHttpClient();
  TestServer server;

  @BeforeAll
  void startServer() {
    server = new TestServer();
  }

  @AfterEach
  void restoreStock() {
    server.stock.set(server.memory);
  }

  @AfterAll
  void stopServer() {
    client.close();
    server.close();
  }

  private static String document() {
    try (InputStream in = HttpServer.class.getResourceAsStream("/openapi.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A name that no other test has. */
  static String fresh(String what) {
    return what + "-" + NUMBERS.incrementAndGet();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      DOCUMENT.check(response);
      return response;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(to(path));
  }

  HttpResponse<String> getAs(String token, String path) {
    return send(to(path).header("Authorization", "Bearer " + token));
  }

  /** A purchase that is complete, to be spoiled by the test. */
  HttpRequest.Builder purchase(String sale, String buyer, String key, String body) {
    return to("/api/sales/" + sale + "/orders")
        .header("Authorization", "Bearer " + server.token(buyer))
        .header("Idempotency-Key", key)
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> buy(String sale, String buyer, String key) {
    return send(purchase(sale, buyer, key, ONE));
  }

  HttpResponse<String> admin(String path, String key, String body) {
    return send(
        to(path)
            .header("Authorization", "Bearer " + server.adminToken())
            .header("Idempotency-Key", key)
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofString(body)));
  }

  /** What the server sends back for these very bytes, until it closes the connection. */
  String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return MAPPER.readTree(response.body());
  }

  static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Asserts a whole problem, and returns its body. */
  static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.get("type").asString()).isEqualTo("/problems/" + code);
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank().doesNotContain("Exception");
    assertThat(problem.get("instance").asString()).isEqualTo(response.request().uri().getRawPath());
    assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
    return problem;
  }

  static void assertRetryAfter(HttpResponse<String> response, int least, int most) {
    assertThat(Integer.parseInt(header(response, "Retry-After"))).isBetween(least, most);
  }

  static Outcome unanswered(Outcome.Why why) {
    return new Outcome.Unanswered(why);
  }
}
