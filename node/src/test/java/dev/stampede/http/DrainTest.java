package dev.stampede.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.stampede.stock.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DrainTest extends ApiTest {

  /** Longer than a closing port waits for the requests that are on their way. */
  private static final Duration IDLE = Duration.ofMillis(800);

  @Test
  void drain_whenPurchasesRun_letsThemFinishAndTakesNoNewOnes() {
    server.publish("drained", 5);
    CompletableFuture<Outcome> gate = new CompletableFuture<>();
    AtomicInteger waiting = new AtomicInteger();
    server.stock.set((key, command) -> {
      waiting.incrementAndGet();
      return gate.thenCompose(ignored -> server.memory.execute(key, command));
    });
    CompletableFuture<HttpResponse<String>> running =
        CompletableFuture.supplyAsync(() -> buy("drained", "ann", "k1"));
    await().untilAtomic(waiting, is(1));

    CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server.http::drain);
    await().until(() -> get("/health/ready").statusCode() == 503);
    HttpResponse<String> late = buy("drained", "bob", "k2");
    gate.complete(new Outcome.Closed());

    assertProblem(late, 503, "draining");
    assertRetryAfter(late, 1, 3);
    assertThat(header(late, "Connection")).isEqualTo("close");
    assertThat(running.orTimeout(5, SECONDS).join().statusCode()).isEqualTo(201);
    assertThat(drained.orTimeout(10, SECONDS).join()).isTrue();
    HttpResponse<String> read = get("/api/sales/drained");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(header(read, "Connection")).isEqualTo("close");
  }

  /** A connection that is cut under a request leaves its buyer in doubt. */
  @Test
  void stop_whenARequestComesByAnOpenConnection_answersIt() throws IOException {
    try (TestServer stopping = new TestServer();
        Socket idle = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
      ask(idle);
      assertThat(readLine(idle)).isEqualTo("HTTP/1.1 200 OK");
      await().pollDelay(IDLE).until(() -> true);
      int port = stopping.port();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping.http::stop);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> refusesConnections(port));

      ask(idle);

      assertThat(idle.getInputStream().readAllBytes())
          .asString(UTF_8)
          .contains("HTTP/1.1 200 OK", "Connection: close");
      stopped.orTimeout(5, SECONDS).join();
    }
  }

  private static void ask(Socket connection) throws IOException {
    String head = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    connection.getOutputStream().write(head.getBytes(UTF_8));
  }

  /** Only that line: what comes after it does not matter here. */
  private static String readLine(Socket connection) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = connection.getInputStream().read(); next != '\r'; ) {
      line.append((char) next);
      next = connection.getInputStream().read();
    }
    return line.toString();
  }

  private static boolean refusesConnections(int port) {
    try (Socket tried = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !tried.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void start_whenPortIsTaken_saysWhich() {
    assertThatThrownBy(() -> new TestServer(server.port()).close())
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("in use");
  }
}
