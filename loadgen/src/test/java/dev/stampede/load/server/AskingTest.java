package dev.stampede.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that a server works on for long. */
final class AskingTest {
  private static final Duration SECOND_SERVER = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final Loop loop = new Loop();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    loop.close();
  }

  @Test
  void askForLong_whenTheServerIsSlow_takesTheAnswerToTheFirstCall() throws IOException {
    AtomicInteger calls = server(Duration.ofMillis(2_500), 200);

    Answered answer = ask(asking());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(calls).hasValue(1);
    assertThat(progress).containsExactly("waiting for /audit: 2 s");
  }

  @Test
  void askForLong_whenAServerHangs_asksAnotherSoon() throws IOException {
    AtomicInteger hanging = server(Duration.ofSeconds(8), 200);
    AtomicInteger working = server(Duration.ZERO, 200);
    Asking asking = asking();
    long begun = System.nanoTime();

    for (int i = 0; i < 2; i++) { // each of them is the first once
      assertThat(ask(asking).status()).isEqualTo(200);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    assertThat(hanging).hasPositiveValue();
    assertThat(working).hasValue(2);
  }

  @Test
  void askForLong_whenServersFailAtOnce_triesAgainForItsPatience() throws IOException {
    AtomicInteger calls = server(Duration.ZERO, 503);

    assertThatThrownBy(() -> ask(asking()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("no answer to GET /audit: 503");

    assertThat(calls).hasValueBetween(3, 10);
  }

  private Answered ask(Asking asking) {
    return asking.askForLong(Call.get("/audit"), SECOND_SERVER, LONGEST, PATIENCE, progress::add);
  }

  private Asking asking() {
    List<URI> addresses =
        servers.stream()
            .map(server -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .toList();
    return new Asking(loop, new Client(loop, addresses, Duration.ofMillis(500), 8));
  }

  /** A server that takes so long; how often it was asked. */
  private AtomicInteger server(Duration work, int status) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, calls, work, status));
    server.start();
    servers.add(server);
    return calls;
  }

  private static void answer(HttpExchange exchange, AtomicInteger calls, Duration work, int status)
      throws IOException {
    int _ = calls.incrementAndGet();
    LockSupport.parkNanos(work.toNanos());
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
