package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands make of nodes of which some hang, leave or do not know. */
final class NodeRequestsTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final String FROZEN = "{\"sale\":\"s\",\"phase\":\"FROZEN\"}";
  private static final String UNKNOWN = "{\"code\":\"outcome-unknown\",\"title\":\"unknown\"}";

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private ServerSocket hanging;

  /** Its kernel takes connections, and nobody ever reads: a process that was stopped. */
  @BeforeEach
  void hang() throws IOException {
    hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    hanging.close();
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void change_whenOneNodeHangs_isDoneAtOnce() {
    SaleClient client = client(stopped(), node(200, FROZEN));

    long started = System.nanoTime();
    assertThat(client.change("s", "freeze").path("phase").asString()).isEqualTo("FROZEN");

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
    assertThat(notes).isEmpty();
  }

  @Test
  void get_whenOneNodeHangs_asksAnother() {
    SaleClient client = client(stopped(), node(200, FROZEN));

    long started = System.nanoTime();
    assertThat(client.report("s").path("phase").asString()).isEqualTo("FROZEN");

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"draining", "starting", "grid-unavailable"})
  void requests_whenOneNodeIsNotAvailable_areDoneByAnother(String code) {
    String refusal = "{\"code\":\"" + code + "\"}";
    SaleClient client = client(node(503, refusal), node(200, FROZEN));

    assertThat(client.change("s", "freeze").path("phase").asString()).isEqualTo("FROZEN");
    assertThat(client.report("s").path("phase").asString()).isEqualTo("FROZEN");
  }

  @Test
  void change_whenNoNodeIsAvailableAndOneHangs_saysSoSoon() {
    SaleClient client = client(stopped(), node(503, "{\"code\":\"grid-unavailable\"}"));

    long started = System.nanoTime();
    assertThatThrownBy(() -> client.change("s", "freeze"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("503 grid-unavailable");

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
  }

  /** The owner hangs: until the others have replaced it, nobody knows. */
  @Test
  void change_whenTheOutcomeIsUnknown_repeatsItAndSaysWhatIsKnown() {
    AtomicInteger calls = new AtomicInteger();
    String node = node(() -> calls.incrementAndGet() <= 4 ? UNKNOWN : FROZEN);
    SaleClient client = client(stopped(), node);

    assertThat(client.change("s", "freeze").path("phase").asString()).isEqualTo("FROZEN");

    assertThat(calls).hasValue(5);
    assertThat(notes).singleElement().asString().contains("may hang", "10 s");
  }

  @Test
  void change_whenANodeRefuses_isRefused() {
    SaleClient client = client(stopped(), node(404, "{\"code\":\"unknown-sale\"}"));

    assertThatThrownBy(() -> client.change("s", "freeze"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("404 unknown-sale");
  }

  @Test
  void requests_whenNobodyListens_nameTheNode() throws IOException {
    hanging.close();
    SaleClient client = client(stopped());

    assertThatThrownBy(() -> client.report("s"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(stopped() + " does not answer");
    assertThatThrownBy(() -> client.change("s", "freeze"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(stopped() + " does not answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "http://",
        "http:///x",
        "http://a b",
        "http://::1:8080",
        "http://h:99999",
        "http://h:0",
        "http://h:x",
        "ftp://h:1",
        "http://h:1?x",
        "http://h:1#x",
        "http://u@h:1",
        "http://[::1",
        "http://my_node:8080",
        "http://%zz:1",
        ""
      })
  void parse_ofWhatIsNoAddressOfANode_isEmpty(String text) {
    assertThat(NodeAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://[::1]:8080/, http://[::1]:8080",
    "https://shop.example//, https://shop.example",
    "http://h:1/proxy/, http://h:1/proxy",
  })
  void parse_ofAnAddress_takesSlashesOff(String text, String expected) {
    assertThat(NodeAddress.parse(text)).contains(expected);
  }

  private SaleClient client(String... nodes) {
    return new SaleClient(new Api(List.of(nodes), "token", notes::add));
  }

  private String stopped() {
    return "http://127.0.0.1:" + hanging.getLocalPort();
  }

  private interface Body {
    String next();
  }

  private String node(Body body) {
    return start(path -> {
      String next = body.next();
      return new Answer(next.equals(UNKNOWN) ? 503 : 200, next);
    });
  }

  private String node(int status, String body) {
    return start(_ -> new Answer(status, body));
  }

  private record Answer(int status, String body) {}

  private interface Answering {
    Answer to(String path);
  }

  private String start(Answering answering) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String path = exchange.getRequestURI().getPath();
            Answer answer =
                path.equals("/health/live") ? new Answer(200, "{}") : answering.to(path);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(bytes);
            }
          });
      server.start();
      servers.add(server);
      return "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
