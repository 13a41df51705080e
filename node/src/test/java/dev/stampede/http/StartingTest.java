package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server that listens and does not know its sales yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartingTest {
  private static final Set<String> ABOUT_THE_NODE =
      Set.of("/health/live", "/health/ready", "/metrics", "/openapi.yaml", "/problems/sold-out");

  private final TestServer other = new TestServer();
  private final HttpServer server =
      new HttpServer(new HttpSettings("127.0.0.1", 0, ""), other.parts());
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.stop();
    other.close();
    client.close();
  }

  @Test
  void routes_whileTheSalesAreNotKnown_areAnsweredWithStarting() throws Exception {
    List<Route> all = new Routes(other.parts(), new SaleLookup(other.sales), new Running()).all();

    for (Route route : all) {
      String path = path(route);
      HttpResponse<String> response = send(route.method(), path);

      if (ABOUT_THE_NODE.contains(path)) {
        assertThat(response.statusCode()).as(path).isEqualTo(200);
      } else {
        assertThat(response.statusCode()).as(path).isEqualTo(503);
        assertThat(response.body()).as(path).contains("\"code\":\"starting\"");
        assertThat(response.headers().firstValue("Retry-After")).as(path).isPresent();
      }
    }
  }

  @Test
  void routes_onceTheServerIsOpen_areAnswered() throws Exception {
    try (TestServer open = new TestServer()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + open.port() + "/api/sales"))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static String path(Route route) {
    return route
        .path()
        .replace("{sale}", "some")
        .replace("{order}", "some.0.00000000000000000000000000000001")
        .replace("{shard}", "0")
        .replace("{seq}", "1")
        .replace("{letter}", "1")
        .replace("{code}", "sold-out");
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
