package dev.stampede.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.edge.Nginx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker/edge/routes} does with a table, whatever it is. */
final class RoutingEdgeIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private volatile String tag = "\"1\"";
  private volatile String upstream = "";
  private HttpServer node;
  private RoutingEdge edge;

  @BeforeEach
  void start() throws IOException {
    Optional<Path> nginx = Nginx.installed();
    assumeThat(nginx).as("nginx").isPresent();
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    node.createContext("/", this::answer);
    node.start();
    upstream = "127.0.0.1:" + node.getAddress().getPort();
    edge = new RoutingEdge(folder, nginx.orElseThrow(), List.of("http://" + upstream));
  }

  @AfterEach
  void stop() {
    if (edge != null) {
      edge.close();
      node.stop(0);
    }
  }

  /** A node as far as an edge sees it. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = {};
    int status = 200;
    if (!path.equals("/api/routes/nginx")) {
      asked.add(path + " " + exchange.getRequestHeaders().getFirst("Host"));
    } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      status = 304;
    } else {
      sent.incrementAndGet();
      exchange.getResponseHeaders().set("ETag", tag);
      body = table().getBytes(UTF_8);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String table() {
    return """
    # version %s
    upstream stampede_standard { server %s; }
    upstream stampede_dedicated_1 { server %s; }
    map "sale:$stampede_sale" $stampede_nodes {
      default stampede_standard;
      sale:default stampede_dedicated_1;
    }
    """
        .formatted(tag, upstream, upstream);
  }

  @Test
  void table_thatHasNotChanged_isNotSentAgain() {
    int first = sent.get();
    await().pollDelay(Duration.ofSeconds(3)).atMost(LIMIT).until(() -> sent.get() <= first + 1);
    assertThat(ask("/api/sales/default")).isEqualTo(200);
    assertThat(asked).isNotEmpty();
  }

  @Test
  void table_thatNginxRefuses_isNotUsedAndTheNextGoodOneIs() {
    String good = upstream;
    String before = edge.table();
    upstream = "no such place";
    tag = "\"2\"";

    await().atMost(LIMIT).until(() -> edge.polled().contains("the new table is not used"));

    assertThat(edge.table()).isEqualTo(before);
    assertThat(ask("/api/sales/a")).isEqualTo(200);

    upstream = good;
    tag = "\"3\"";
    await().atMost(LIMIT).until(() -> edge.table().contains("version \"3\""));
    assertThat(ask("/api/sales/a")).isEqualTo(200);
  }

  private int ask(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(edge.url() + path)).build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
