package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node whose clock is a day ahead, beside healthy ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WrongClockIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("is ready: (http://[0-9.:]+)");
  private static final List<String> SALES =
      IntStream.range(0, 6).mapToObj(i -> "clock-" + i).toList();

  @TempDir private static Path data;
  @TempDir private static Path clocks;
  private final HttpClient client = HttpClient.newHttpClient();
  private Program up;
  private Shopper shopper;
  private SaleClient sales;
  private String node;

  @BeforeAll
  void start() {
    assumeThat(WrongClock.library()).as("needs Debian's package faketime").isPresent();
    up = Program.start(data, "up", "--nodes", "2");
    up.awaitOutput("ready in ");
    Shell shell = new TestShell(data, Map.of()).shell();
    shopper = new Shopper(shell);
    List<String> urls =
        new RunFile(data).find().orElseThrow().nodes().stream().map(Run.Member::http).toList();
    node = urls.getFirst();
    sales = new SaleClient(new Api(urls, AdminAccess.adminToken(shell, Duration.ofMinutes(10))));
    SALES.forEach(sale -> sales.publish(SaleUnderLoad.of(sale, 0).sale()));
  }

  @AfterAll
  void stop() {
    if (up != null) {
      up.close();
      shopper.close();
    }
    client.close();
  }

  @Test
  void node_whenItsClockIsADayAhead_doesNotStartAndSaysWhy() {
    WrongClock clock = new WrongClock(clocks);
    clock.set("+1d");
    try (Program wrong = Program.start(data, clock.variables(), "node", "--name", "ahead")) {
      assertThat(wrong.awaitEnd(PATIENCE)).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(wrong.output()).contains("this node does not join", "the database");
    }
    assertAllSell("first");
  }

  @Test
  void node_whenItsClockJumpsADay_ownsNothingUntilItIsRight() throws Exception {
    WrongClock clock = new WrongClock(clocks);
    try (Program jumping = Program.start(data, clock.variables(), "node", "--name", "jumping")) {
      jumping.awaitOutput("is ready: ");
      Matcher ready = READY.matcher(jumping.output());
      assertThat(ready.find()).isTrue();
      String url = ready.group(1);
      awaitHealth(url, 200, "");

      clock.set("+1d");
      awaitHealth(url, 503, "ahead of the cluster's time");
      assertThat(skewSeconds(url)).isBetween(86_395.0, 86_405.0);
      jumping.awaitOutput("owns nothing until its clock is right");
      assertAllSell("during");
      jumping.awaitOutput("has handed its part of the stock over");

      clock.set("+0");
      awaitHealth(url, 200, "");
      assertAllSell("after");
      await().atMost(PATIENCE).ignoreExceptions().until(() -> routes(node).contains(url));
      await().atMost(PATIENCE).ignoreExceptions().until(() -> routes(url).contains(node));
    }
  }

  private void assertAllSell(String buyer) {
    for (String sale : SALES) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(shopper.buy(node, sale, buyer))
                  .hasValueSatisfying(answer -> assertThat(answer.statusCode()).isEqualTo(201)));
      assertThat(sales.report(sale).path("phase").asString()).isEqualTo("OPEN");
    }
  }

  private void awaitHealth(String url, int status, String text) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> {
          HttpResponse<String> answer = health(url);
          assertThat(answer.statusCode()).isEqualTo(status);
          assertThat(answer.body()).contains(text);
        });
  }

  private HttpResponse<String> health(String url) throws IOException, InterruptedException {
    return get(url + "/health/ready");
  }

  private String routes(String url) throws IOException, InterruptedException {
    return get(url + "/api/routes").body();
  }

  private double skewSeconds(String url) throws IOException, InterruptedException {
    return get(url + "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("stampede_clock_skew_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(" ") + 1)))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build(),
        BodyHandlers.ofString());
  }
}
