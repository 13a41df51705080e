package dev.stampede.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.stampede.stock.Outcome;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DrainTest extends ApiTest {

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
    assertThat(get("/api/sales/drained").statusCode()).isEqualTo(200);
  }

  @Test
  void start_whenPortIsTaken_saysWhich() {
    assertThatThrownBy(() -> new TestServer(server.port()).close())
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("in use");
  }
}
