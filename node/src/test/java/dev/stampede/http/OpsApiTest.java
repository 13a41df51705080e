package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OpsApiTest extends ApiTest {

  @Test
  void live_always_isLive() {
    assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
  }

  @Test
  void ready_whenReady_tellsDetails() {
    await()
        .untilAsserted(() ->
            assertThat(get("/health/ready").body())
                .isEqualTo("{\"status\":\"ready\",\"members\":3}"));
  }

  @Test
  void ready_whenNot_saysWhy() {
    Health.Readiness before = server.readiness.get();
    server.readiness.set(new Health.Readiness(false, "only 1 of 3 nodes", Map.of()));
    try {
      await().until(() -> get("/health/ready").statusCode() == 503);
      HttpResponse<String> response = get("/health/ready");

      assertThat(assertProblem(response, 503, "not-ready").get("detail").asString())
          .isEqualTo("only 1 of 3 nodes");
      assertRetryAfter(response, 2, 5);
    } finally {
      server.readiness.set(before);
    }
  }

  /** They cost a thousand times what a look at the stock costs: nobody has it done each time. */
  @Test
  void probes_whenAskedAllTheTime_areMadeOnceASecond() {
    Health.Readiness before = server.readiness.get();
    // What an earlier test made unready may be remembered for a second.
    await()
        .pollDelay(Duration.ofMillis(1_100))
        .until(() -> get("/health/ready").statusCode() == 200);
    int asked = server.readinessAsked.get();
    long from = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }
    long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from);
    assertThat(server.readinessAsked.get() - asked).isLessThanOrEqualTo((int) seconds);
    assertThat(server.readiness.get()).isSameAs(before);

    // Two made one after the other always differ: each counts the request before.
    await()
        .untilAsserted(() -> assertThat(get("/metrics").body()).isEqualTo(get("/metrics").body()));
    String metrics = get("/metrics").body();
    await().untilAsserted(() -> assertThat(get("/metrics").body()).isNotEqualTo(metrics));
  }

  @Test
  void metrics_always_countRequestsByRouteAndCode() {
    server.publish("counted", 1);
    buy("counted", "ann", "k1");
    buy("counted", "bob", "k2");
    get("/nowhere");

    await().until(() -> get("/metrics").body().contains("code=\"sold-out\""));
    HttpResponse<String> response = get("/metrics");

    assertThat(header(response, "Content-Type")).startsWith("text/plain");
    assertThat(response.body())
        .contains(
            "stampede_http_requests_seconds_count{code=\"\",method=\"POST\","
                + "route=\"/api/sales/{sale}/orders\",status=\"201\"} 1",
            "stampede_http_requests_seconds_count{code=\"sold-out\",method=\"POST\","
                + "route=\"/api/sales/{sale}/orders\",status=\"409\"} 1",
            "route=\"unmatched\"");
  }

  @ParameterizedTest
  @EnumSource
  void problem_always_hasAPage(ProblemType type) {
    HttpResponse<String> response = get(type.path());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(type.title(), type.code(), "" + type.status());
  }

  @Test
  void problem_whenUnknown_isOneItself() {
    assertProblem(get("/problems/nothing"), 404, "unknown-problem");
  }
}
