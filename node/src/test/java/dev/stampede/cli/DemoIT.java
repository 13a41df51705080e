package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole demos, with fewer buyers than by default so that a busy machine can follow. */
final class DemoIT {
  private static final Duration LIMIT = Duration.ofSeconds(150);

  @TempDir private Path folder;

  @Test
  void demo_withExit_provesASaleAndLeavesNothing() throws IOException {
    JsonNode report = demo();

    assertThat(report.path("requests").asLong()).isPositive();
    assertThat(report.path("outcomes").path("paid").asLong()).isPositive();
    assertThat(report.path("backlogDrainMillis").asLong()).isBetween(0L, 20_000L);
    for (String percentile : new String[] {"p50", "p90", "p99", "p999", "max"}) {
      assertThat(report.path("latencyMillis").path(percentile).isNumber()).isTrue();
    }
    assertThat(report.path("sales")).hasSize(3).allSatisfy(DemoIT::addsUp);
  }

  @Test
  void demo_withKillOne_passesAllTheSame() throws IOException {
    JsonNode report = demo("--kill-one");

    assertThat(report.path("killed").asString()).isEqualTo("node-3");
    assertThat(report.path("sales")).hasSize(3).allSatisfy(DemoIT::addsUp);
  }

  private JsonNode demo(String... more) throws IOException {
    Path file = folder.resolve("report.json");
    Path data = folder.resolve("data");
    String[] arguments = {
      "demo", "--exit", "--rate", "300", "--seconds", "12", "--report", file.toString()
    };
    try (Program program = Program.start(data, concat(arguments, more))) {
      int status = program.awaitEnd(LIMIT);

      assertThat(program.output()).contains("PASS").doesNotContain("FAIL");
      assertThat(status).isZero();
      assertThat(program.family()).hasSizeGreaterThan(4);
      program.awaitNothingLeft();
      assertThat(Program.contents(data)).containsExactly("logs", "secrets.yaml");
    }
    JsonNode report = new JsonMapper().readTree(Files.readString(file));
    assertThat(report.path("verdict").asString()).isEqualTo("pass");
    return report;
  }

  private static String[] concat(String[] first, String[] second) {
    return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static void addsUp(JsonNode sale) {
    JsonNode grid = sale.path("grid");
    assertThat(grid).isEqualTo(sale.path("database"));
    assertThat(grid.path("held").asLong(-1)).isZero();
    assertThat(grid.path("sold").asLong()).isPositive();
    assertThat(grid.path("issued").asLong())
        .isEqualTo(
            grid.path("available").asLong()
                + grid.path("sold").asLong()
                + grid.path("withdrawn").asLong());
  }
}
