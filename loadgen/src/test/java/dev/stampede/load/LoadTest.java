package dev.stampede.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.load.fake.FakeShop;
import dev.stampede.load.fake.FakeStock;
import dev.stampede.load.fake.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The whole tool against a fake shop, honest and not. */
final class LoadTest extends LoadScene {
  @Test
  void run_againstAnHonestShop_passesAndReports() throws IOException {
    int code = run(stock(1000), 2, "--html", file("report.html"), "--hdr", file("run.hlog"));

    assertThat(code).as(printed.toString()).isZero();
    assertThat(printed.toString())
        .contains("no unit oversold, none lost, no buyer over the limit")
        .doesNotContain("\u001b");
    JsonNode report = report();
    assertThat(report.path("verdict").asString()).isEqualTo("pass");
    assertThat(report.at("/outcomes/reserved").asInt()).isPositive();
    assertThat(report.at("/outcomes/paid").asInt()).isPositive();
    assertThat(report.at("/outcomes/limited").asInt()).isPositive();
    assertThat(report.at("/outcomes/replayed").asInt()).isPositive();
    assertThat(report.at("/outcomes/unexpected").asInt()).isZero();
    assertThat(report.at("/sales/0/grid/issued").asInt()).isEqualTo(1000);
    assertThat(report.at("/latencyMillis/buy/p99").asDouble()).isPositive();
    assertThat(Files.readString(folder.resolve("report.html"))).contains("<svg", "pass");
    assertThat(Files.readString(folder.resolve("run.hlog"))).contains("HIST");
  }

  @Test
  void run_whenUnpaidOrdersAreCapped_takesItAsARefusal() throws IOException {
    int code = run(stock(1000, Fault.CAPS_UNPAID), 1);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/outcomes/limited").asInt()).isPositive();
    assertThat(report().at("/outcomes/unexpected").asInt()).isZero();
  }

  @Test
  void run_whenNoSaleIsNamed_leavesOutThoseThatAreOver() throws IOException {
    int code = run(stock(1000, Fault.LISTS_AN_ENDED_SALE), 2);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(printed.toString()).contains("left out: 1 sale that is over");
    assertThat(report().path("sales").size()).isEqualTo(1);
  }

  @Test
  void run_whenMoreBuyersThanUnits_sellsOutAndPasses() throws IOException {
    int code = run(stock(50), 1);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/outcomes/soldOut").asInt()).isPositive();
  }

  @Test
  void run_whenHoldsExpire_waitsUntilNoneIsLeft() throws IOException {
    FakeStock stock = new FakeStock("shoe", 1000, 2, Duration.ofSeconds(2), Set.of());

    int code = run(stock, 1, "--until-expired", "--pay", "0.3");

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/sales/0/grid/held").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "OVERSELLS, OVERSOLD",
    "LOSES_AN_ORDER, LOST_ORDER",
    "FORGETS_KEYS, REPLAY_DIFFERS",
    "IGNORES_LIMIT, OVER_LIMIT",
    "FORGETS_PAYMENTS, WRONG_STATE",
    "MISPRICES, PAYMENT_REFUSED",
    "SELLS_IN_SECRET, UNTOLD_ORDER"
  })
  void run_whenTheShopIsAtFault_fails(Fault fault, String violation) throws IOException {
    int code = run(stock(60, fault), 1);

    assertThat(code).as(printed.toString()).isEqualTo(1);
    assertThat(report().path("verdict").asString()).isEqualTo("fail");
    assertThat(report().path("violations").findValuesAsString("kind")).contains(violation);
  }

  @Test
  void run_whenAnswersGetLost_findsOutTheTruth() throws IOException {
    int code = run(stock(1000, Fault.DROPS_ANSWERS), 2);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/setbacks/transportError").asInt()).isPositive();
    assertThat(report().at("/outcomes/unknown").asInt()).isZero();
  }

  @Test
  void run_whenTheShopIsBusy_comesAgainAfterTheTimeItAskedFor() throws IOException {
    int code = run(stock(1000, Fault.IS_BUSY), 1);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/setbacks/busy").asInt()).isPositive();
    assertThat(report().at("/setbacks/shed").asInt()).isPositive();
    assertThat(report().at("/outcomes/unexpected").asInt()).isZero();
  }

  @Test
  void run_durably_asksAgainUntilTheOrderIsStored() throws IOException {
    int code = run(stock(1000, Fault.STORES_LATE), 1, "--durable");

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/setbacks/outcomeUnknown").asInt()).isPositive();
    assertThat(report().at("/outcomes/unknown").asInt()).isZero();
  }

  @Test
  void run_whenPaymentsAreStoredLate_repeatsThemUntilTheyAre() throws IOException {
    int code = run(stock(1000, Fault.STORES_PAYMENTS_LATE), 1);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/setbacks/outcomeUnknown").asInt()).isPositive();
    assertThat(report().at("/outcomes/unknown").asInt()).isZero();
  }

  @Test
  void run_whenOneNodeDies_goesOnWithTheOther() throws IOException {
    try (FakeShop shop = new FakeShop(stock(1000), 2)) {
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                Awaitility.await().until(() -> shop.purchases() > 50);
                shop.kill(0);
              });
      int code = run(shop);
      Awaitility.await().until(() -> !killer.isAlive());

      assertThat(code).as(printed.toString()).isZero();
      assertThat(report().at("/setbacks/transportError").asInt()).isPositive();
      assertThat(report().at("/outcomes/unknown").asInt()).isZero();
    }
  }

  @Test
  void run_whenArrivalsCannotBeSent_isInvalid() throws IOException {
    int code = run(stock(1000, Fault.IS_SLOW), 1, "--max-in-flight", "5");

    assertThat(code).as(printed.toString()).isEqualTo(1);
    assertThat(report().path("verdict").asString()).isEqualTo("invalid");
    assertThat(report().path("notSent").asInt()).isPositive();
  }

  @Test
  void run_whenAThresholdIsCrossed_exits99() throws IOException {
    int code = run(stock(1000), 1, "--threshold", "oversold==0", "--threshold", "p50<1us");

    assertThat(code).as(printed.toString()).isEqualTo(99);
    assertThat(printed.toString())
        .contains("kept     oversold==0", "crossed  p50<1us", "verdict: PASS");
  }

  @Test
  void run_inTheClosedModel_passes() throws IOException {
    int code = run(stock(1000), 1, "--closed", "--users", "5");

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().at("/arrivals/targetRate").asDouble()).isZero();
  }

  @Test
  void run_withoutSettling_judgesByTheGrid() throws IOException {
    int code = run(stock(1000), 1, "--no-settle");

    assertThat(code).as(printed.toString()).isZero();
  }

  @Test
  void run_whenHeatHasNowhereToMove_exits2() throws IOException {
    int code = run(stock(1000), 1, "--heat", "moving");

    assertThat(code).isEqualTo(2);
    assertThat(printed.toString()).contains("--heat moving: there is one sale, expected several");
  }

  @ParameterizedTest
  @CsvSource({
    "jwt, c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMsLXllcyE, BASE64",
    "payment, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB==, whsec_BASE64"
  })
  void run_whenASecretIsMistyped_exits3AndNamesFileAndKey(String key, String odd, String expected)
      throws IOException {
    String jwt = key.equals("jwt") ? odd : FakeShop.JWT_SECRET;
    String payment = key.equals("payment") ? odd : FakeShop.PAYMENT_SECRET;
    Path file = folder.resolve("odd.yaml");
    Files.writeString(file, "jwt: %s\npayment: %s\n".formatted(jwt, payment));

    int code = load("--secrets", file.toString(), "--target", "http://127.0.0.1:1");

    assertThat(code).isEqualTo(3);
    assertThat(printed.toString())
        .contains(file + ": " + key + ": found something else (not shown), expected " + expected)
        .doesNotContain(odd.substring(10))
        .hasLineCount(1);
  }

  @Test
  void run_whenNoServerAnswers_exits3AndNamesIt() throws IOException {
    int code = execute(List.of(URI.create("http://127.0.0.1:1")));

    assertThat(code).isEqualTo(3);
    assertThat(printed.toString()).contains("127.0.0.1", "refused");
  }

  @ParameterizedTest
  @CsvSource({
    "--pay, 1.5, a share from 0 to 1",
    "--duration, 20, is no duration",
    "--threshold, p98<1s, no metric",
    "--target, ftp://x, expected something like http",
    "--buyers, 0, at least 1",
    "--html, /no/such/folder/x.html, can be written to",
    "--heat, away, expected one of",
    "--heat-share, 2, a share from 0 to 1",
    "--heat-every, 0s, at least 1ms",
    "--speed, 1, Unknown option"
  })
  void run_whenAnOptionIsWrong_exits2InOneLine(String option, String value, String said)
      throws IOException {
    int code = execute(List.of(), option, value);

    assertThat(code).isEqualTo(2);
    assertThat(printed.toString()).contains(said).hasLineCount(1);
  }
}
