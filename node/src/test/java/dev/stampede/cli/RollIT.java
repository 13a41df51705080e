package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.ops.AuditReport;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Nodes that come and go as planned, while buyers come: none of these may notice. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RollIT {

  private static final int RATE = 60;
  private static final int UNITS = 3_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** How a buyer ends who has learned nothing. */
  private static final List<String> NO_ANSWER =
      List.of("busy", "shed", "transportError", "unknown", "unexpected");

  @TempDir private static Path data;
  private Shell shell;
  private Program up;

  /** Something that happens while buyers come. */
  private interface Change {
    void happen() throws InterruptedException;
  }

  @BeforeAll
  void start() {
    shell = new TestShell(data, Map.of()).shell();
    up = Program.start(data, "up", "--nodes", "3");
    up.awaitOutput("ready in ");
  }

  @AfterAll
  void close() {
    up.close();
  }

  @Test
  @Order(1)
  void roll_underLoad_replacesEveryNodeAndFailsNoPurchase() {
    List<Run.Member> before = run().nodes();

    sell(
        "rolled",
        130,
        () -> {
          try (Program roll = Program.launch(data, "roll")) {
            roll.awaitOutput("node-1");
            try (Program second = Program.start(data, "roll")) {
              assertThat(second.awaitEnd(LIMIT)).isEqualTo(ExitCode.ENVIRONMENT);
              assertThat(second.output())
                  .isEqualTo(
                      "stampede: a roll is already going on: wait for its end, then try again");
            }
            assertThat(roll.awaitEnd(LIMIT)).as(roll.output()).isZero();
            assertThat(roll.output()).contains("3 nodes restarted in ");
          }
        });

    List<Run.Member> after = run().nodes();
    assertThat(after)
        .map(Run.Member::http)
        .isEqualTo(before.stream().map(Run.Member::http).toList());
    assertThat(after)
        .map(Run.Member::pid)
        .doesNotContainAnyElementsOf(before.stream().map(Run.Member::pid).toList());
    assertThat(after).allMatch(node -> ProcessHandle.of(node.pid()).isPresent());
  }

  @Test
  @Tag("long") // as GridFaultsIT, but with buyers over HTTP
  @Order(2)
  void node_thatJoinsAndLeavesUnderLoad_failsNoPurchase() {
    sell(
        "joined",
        25,
        () -> {
          try (Program node = Program.start(data, "node")) {
            node.awaitOutput("node-4 is ready");
            node.stop();
            node.awaitNothingLeft();
          }
        });
  }

  @Test
  @Order(3)
  void roll_whenInterrupted_endsAfterTheNodeThatItIsAt() {
    List<Run.Member> before = run().nodes();
    try (Program roll = Program.start(data, "roll")) {
      roll.awaitOutput("node-1       drained and ended");
      roll.stop();
      roll.awaitNothingLeft();
      assertThat(roll.output())
          .contains("interrupted: node-1 is on its way and comes back by itself");
    }

    up.awaitOutput("the roll was interrupted before node-2");

    List<Run.Member> after = run().nodes();
    assertThat(after.getFirst().pid()).isNotEqualTo(before.getFirst().pid());
    assertThat(after.subList(1, 3)).isEqualTo(before.subList(1, 3));
  }

  @Test
  @Order(4)
  void up_whenItIsStoppedDuringARoll_leavesNothing() {
    try (Program roll = Program.start(data, "roll")) {
      roll.awaitOutput("node-1       drained and ended");

      up.stop();

      assertThat(roll.awaitEnd(LIMIT)).isEqualTo(ExitCode.ENVIRONMENT);
      up.awaitNothingLeft();
      assertThat(Program.contents(data)).containsExactly("logs", "mariadb", "secrets.yaml");
    }
  }

  private void sell(String name, int seconds, Change change) {
    Api api = new Api(urls(), AdminAccess.adminToken(shell, Duration.ofHours(1)));
    SaleClient sales = new SaleClient(api);
    sales.publish(sale(name));
    LoadProcess load = LoadProcess.start(shell.folders(), urls(), RATE, seconds, "--sale", name);
    await().atMost(LIMIT).until(() -> sales.report(name).path("available").asLong() < UNITS - 50);
    try {
      change.happen();
      Instant changed = Instant.now();
      ObjectNode report = load.awaitReport();
      SaleAudits audits = new SaleAudits(api, _ -> {});
      AuditReport asked = audits.all();
      AuditReport audit = SaleAudits.awaitStored(audits::all, asked);
      DemoVerdict verdict =
          new DemoVerdict(report, asked, audit, Optional.empty(), Optional.empty());
      assertThat(verdict.isPass()).as(String.join("\n", verdict.lines())).isTrue();
      assertThat(NO_ANSWER)
          .allSatisfy(
              end -> assertThat(report.path("outcomes").path(end).asLong(-1)).as(end).isZero());
      assertThat(changed).as("buyers came to the end of it").isBefore(lastBuyer(report));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      var _ = sales.change(name, "close");
    }
  }

  private static Instant lastBuyer(ObjectNode report) {
    return Instant.parse(report.path("startedAt").asString())
        .plusMillis((long) (report.path("seconds").asDouble() * 1e3));
  }

  private static Sale sale(String name) {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(now, now.plusSeconds(3_600), 2, Reduction.RESERVE, Duration.ofSeconds(5), 1);
    return new Sale(new SaleId(name), "Sale " + name, "", 100, "EUR", UNITS, terms);
  }

  private Run run() {
    return new RunFile(data).find().orElseThrow();
  }

  private List<String> urls() {
    return run().nodes().stream().map(Run.Member::http).toList();
  }
}
