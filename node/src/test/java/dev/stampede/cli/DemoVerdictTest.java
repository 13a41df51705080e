package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.ops.AuditReport;
import dev.stampede.ops.AuditReport.SaleAudit;
import dev.stampede.ops.AuditReport.ShardAudit;
import dev.stampede.stock.ShardCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class DemoVerdictTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
  private static final ShardCounts COUNTS = new ShardCounts(10, 1, 0, 9, 0);

  @Test
  void lines_whenAllAgrees_fitAScreenAndSayPass() {
    List<String> lines = verdict("pass", audit(START, 5, 5, true)).lines();

    assertThat(lines).hasSizeLessThanOrEqualTo(25);
    assertThat(lines.getLast())
        .contains("PASS", "no unit oversold, none lost, no buyer over the limit");
    assertThat(String.join("\n", lines))
        .contains("requests  1,234, 617 a second")
        .contains("bought 9, soldOut 3")
        .doesNotContain("unknown")
        .contains("p50 1.5, p90 2.5, p99 3.5, p99.9 4.5, max 5.5")
        .contains("caught up 0.4 s after the last buyer")
        .contains("node-3 was killed");
  }

  @Test
  void isPass_whenAnythingIsWrong_isFalse() {
    assertThat(verdict("fail", audit(START, 5, 5, true)).isPass()).isFalse();
    assertThat(verdict("invalid", audit(START, 5, 5, true)).isPass()).isFalse();
    assertThat(verdict("pass", audit(START, 5, 5, false)).isPass()).isFalse();
    assertThat(verdict("pass", audit(START, 5, 4, true)).isPass()).isFalse();
  }

  @Test
  void isPass_whenTheSaleGoesOnAndTheDatabaseFollows_isTrue() {
    ObjectNode load = new JsonMapper().createObjectNode().put("verdict", "pass");

    assertThat(verdict(load, audit(START, 5, 4, true), audit(START, 9, 5, true)).isPass()).isTrue();
    assertThat(verdict(load, audit(START, 5, 4, true), audit(START, 9, 4, true)).isPass())
        .isFalse();
    assertThat(verdict(load, audit(START, 5, 4, false), audit(START, 9, 5, true)).isPass())
        .isFalse();
  }

  @Test
  void toJson_always_completesTheReportOfTheLoad() {
    JsonNode json = new JsonMapper().readTree(verdict("pass", audit(START, 5, 4, true)).toJson());

    assertThat(json.path("verdict").asString()).isEqualTo("fail");
    assertThat(json.path("requests").asLong()).isEqualTo(1234);
    assertThat(json.path("killed").asString()).isEqualTo("node-3");
    assertThat(json.path("backlogDrainMillis").asLong()).isEqualTo(400);
    assertThat(json.path("audit").path("settled").asBoolean()).isFalse();
  }

  @Test
  void drained_always_countsWhatTheGridHadAtTheEndOfTheBurst() {
    Instant end = START.plusSeconds(10);
    List<AuditReport> audits =
        List.of(
            audit(end.minusSeconds(1), 5, 5, true),
            audit(end.plusMillis(100), 9, 6, true),
            audit(end.plusMillis(300), 12, 8, true),
            audit(end.plusMillis(500), 20, 9, true),
            audit(end.plusMillis(700), 21, 21, true));

    assertThat(BacklogWatch.drained(end, audits)).contains(Duration.ofMillis(500));
  }

  @Test
  void drained_whenItWasNotSeen_isEmpty() {
    assertThat(BacklogWatch.drained(START, List.of())).isEmpty();
    assertThat(BacklogWatch.drained(START, List.of(audit(START.plusSeconds(1), 5, 4, true))))
        .isEmpty();
  }

  private static DemoVerdict verdict(String load, AuditReport audit) {
    ObjectNode report =
        (ObjectNode)
            new JsonMapper()
                .readTree(
                    """
                    {"verdict": "pass", "requests": 1234, "rate": 617.0,
                     "outcomes": {"bought": 9, "soldOut": 3, "unknown": 0},
                     "latencyMillis":
                       {"p50": 1.5, "p90": 2.5, "p99": 3.5, "p999": 4.5, "max": 5.5},
                     "notes": [], "violations": []}
                    """);
    report.put("verdict", load);
    return verdict(report, audit, audit);
  }

  private static DemoVerdict verdict(ObjectNode load, AuditReport asked, AuditReport audit) {
    return new DemoVerdict(
        load, asked, audit, Optional.of(Duration.ofMillis(400)), Optional.of("node-3"));
  }

  private static AuditReport audit(Instant at, long gridSeq, long databaseSeq, boolean balanced) {
    ShardAudit shard = new ShardAudit(0, "", gridSeq, "", databaseSeq, COUNTS, COUNTS, List.of());
    SaleAudit sale = new SaleAudit("x", balanced, 2, 0, COUNTS, COUNTS, List.of(shard));
    return new AuditReport(
        at,
        balanced,
        gridSeq == databaseSeq,
        gridSeq - databaseSeq,
        0,
        List.of(sale),
        balanced ? List.of() : List.of("x/0: wrong"));
  }
}
