package dev.stampede.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.record.RunResult;
import dev.stampede.load.record.Setback;
import dev.stampede.load.record.Tick;
import dev.stampede.load.verdict.Figures;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.Verdict;
import dev.stampede.load.verdict.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportsTest {
  private static final Figures FIGURES = new Figures(2000, 1200, 5, 795, 0);

  private final Histogram micros = new Histogram(600_000_000L, 3);

  ReportsTest() {
    for (int ms = 1; ms <= 100; ms++) {
      micros.recordValue(ms * 1000L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "p99<200ms, true",
    "p99<0.05s, false",
    "max<=50000us, false",
    "p50>=50, true",
    "oversold==0, true",
    "violations!=0, false",
    "reserved > 1000, true",
    "rate>=6000, false",
    "buy.p99<1ms, true"
  })
  void check_againstTheRun_tellsWhetherItIsKept(String text, boolean kept) {
    assertThat(Threshold.parse(text).check(report(pass())).kept()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p99", "p99<", "p98<1ms", "p99<fast", "p99<1h", "<1", ""})
  void parse_ofSomethingElse_saysWhatWasExpected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void json_always_hasWhatOtherToolsRead() {
    Threshold.Checked checked = Threshold.parse("p99<200ms").check(report(pass()));
    JsonNode json = JsonMapper.shared().readTree(JsonReport.of(report(pass()), List.of(checked)));

    assertThat(json.path("verdict").asString()).isEqualTo("pass");
    assertThat(json.at("/sales/0/sale").asString()).isEqualTo("shoe");
    assertThat(json.at("/sales/0/database/available").asInt()).isEqualTo(795);
    assertThat(json.at("/outcomes/reserved").asInt()).isEqualTo(1234);
    assertThat(json.at("/outcomes/unknown").asInt()).isZero();
    assertThat(json.at("/latencyMillis/p50").asDouble()).isBetween(50.0, 50.1);
    assertThat(json.at("/thresholds/0/kept").asBoolean()).isTrue();
    assertThat(json.path("startedAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void summary_ofAFailure_fitsAScreenAndNamesTheViolation() {
    Violation lost = new Violation(Violation.Kind.LOST_ORDER, 3, List.of("shoe.0.1 of b1"));
    Verdict fail = new Verdict(Verdict.Result.FAIL, List.of(lost), List.of(), List.of(audit()), 0);

    List<String> lines = Summary.of(report(fail), List.of(), Style.PLAIN);

    assertThat(lines).hasSizeLessThan(25);
    assertThat(lines)
        .anyMatch(line -> line.contains("acknowledged order lost (3): shoe.0.1 of b1"));
    assertThat(lines).anyMatch(line -> line.contains("busy 7"));
    assertThat(lines.getLast()).startsWith("verdict: FAIL");
    assertThat(String.join("", lines)).doesNotContain("\u001b");
  }

  @Test
  void html_always_standsAloneAndEscapes() {
    Verdict verdict =
        new Verdict(Verdict.Result.INVALID, List.of(), List.of("a <b> & c"), List.of(audit()), 0);

    String html = HtmlReport.of(report(verdict), List.of());

    assertThat(html)
        .contains("a &lt;b&gt; &amp; c", "<svg", "<polyline", "99 %")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void progress_always_tellsRatesOfTheLastInterval() {
    Tick before = new Tick(1000, 0, 2500, Map.of(), micros);
    Tick now = new Tick(3000, 2, 8000, Map.of(Outcome.SOLD_OUT, 7L), micros);

    String line = new ProgressLine(20, 2000).of(2, before, now, 1, 12, 34);

    assertThat(line)
        .contains("2/20s", "2000/s of 2000", "5500 req/s", "in flight 12", "p50 50.")
        .contains("soldOut 7", "notSent 2", "left 34")
        .doesNotContain("busy");
  }

  private static Verdict pass() {
    return new Verdict(Verdict.Result.PASS, List.of(), List.of(), List.of(audit()), 0);
  }

  private static SaleAudit audit() {
    return new SaleAudit("shoe", true, 0, FIGURES, FIGURES, List.of());
  }

  private RunReport report(Verdict verdict) {
    RunResult run =
        new RunResult(
            40_000,
            0,
            110_000,
            Map.of(Outcome.RESERVED, 1234L, Outcome.SOLD_OUT, 99L),
            Map.of(Setback.BUSY, 7L),
            Map.of(),
            Percentiles.NONE,
            micros,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    return new RunReport(start, 20, 2000, 5500, false, run, verdict);
  }
}
