package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sale that was hot once, as an operator finds it afterwards. */
final class HotHistoryIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SALE =
      """
      sales:
        - id: wanted
          title: Looked at by everybody
          price: 1.00
          currency: EUR
          quantity: 10
          opensIn: 0s
          closesIn: 2h
          limitPerBuyer: 2
          reduction: RESERVE
          hold: 1h
      """;

  @TempDir private Path folder;

  @Test
  void history_whenASaleWasHot_showsIt() throws IOException {
    Path data = folder.resolve("data");
    Path sales = Files.writeString(folder.resolve("sales.yaml"), SALE);
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput("ready in ");
      run(data, ExitCode.OK, "sale", "import", sales.toString());
      assertThat(run(data, ExitCode.OK, "hot", "history", "--json")).contains("[ ]");
      look(data);

      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(run(data, ExitCode.OK, "hot", "history", "--sale", "wanted"))
                  .contains("BUYS/S")
                  .containsPattern("wanted +20[^ ]+Z +[0-9]+ +[0-9]+ +0 +nodes"));
      JsonNode spell = spells(data).path(0);
      assertThat(spell.path("peakRate").asDouble()).isGreaterThanOrEqualTo(200);
      assertThat(run(data, ExitCode.USAGE, "hot", "history", "--sale", "No"))
          .contains("--sale: found \"No\"");
      assertThat(run(data, ExitCode.USAGE, "hot", "history", "--limit", "0"))
          .contains("--limit: found 0");
      up.stop();
      up.awaitEnd(LIMIT);
    }
  }

  /** The promotion goes on after the second start: it is the same spell. */
  @Test
  @Tag("long") // three starts of everything
  void history_whenTheGridStopsWhileASaleIsHot_showsThatSpellOnce() throws IOException {
    Path data = folder.resolve("data");
    Path sales = Files.writeString(folder.resolve("sales.yaml"), SALE + "    promote: 1h\n");
    try (Program up = Program.start(data, "up", "--nodes", "2")) {
      up.awaitOutput("ready in ");
      run(data, ExitCode.OK, "sale", "import", sales.toString());
      awaitHot(data);
      up.stop();
      up.awaitEnd(LIMIT);
    }
    try (Program up = Program.start(data, "up", "--nodes", "2")) {
      up.awaitOutput("ready in ");
      awaitHot(data);
      JsonNode before = spells(data);
      up.stop();
      up.awaitEnd(LIMIT);
      assertThat(before.size()).isEqualTo(1);
      assertThat(before.path(0).path("sources").toString()).contains("static");
    }
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput("ready in ");
      assertThat(spells(data).size()).isEqualTo(1);
      up.stop();
      up.awaitEnd(LIMIT);
    }
  }

  private static JsonNode spells(Path data) {
    return new JsonMapper().readTree(run(data, ExitCode.OK, "hot", "history", "--json"));
  }

  private static void awaitHot(Path data) {
    Api anybody = api(data);
    await().atMost(LIMIT).until(() -> anybody.get("/api/hot").path("hot").size() == 1);
  }

  private static Api api(Path data) {
    List<String> nodes =
        new RunFile(data).find().orElseThrow().nodes().stream().map(Run.Member::http).toList();
    return new Api(nodes, AdminAccess.adminToken(shell(data), Duration.ofMinutes(5)));
  }

  /** As often as one can, until that is hot. */
  private static void look(Path data) {
    Api anybody = api(data);
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> {
          for (int i = 0; i < 500; i++) {
            anybody.get("/api/sales/wanted/stock");
          }
          return anybody.get("/api/hot").path("hot").size() == 1;
        });
  }

  private static Shell shell(Path data) {
    return new TestShell(data, Map.of()).shell();
  }

  private static String run(Path data, int status, String... arguments) {
    try (Program program = Program.start(data, arguments)) {
      assertThat(program.awaitEnd(LIMIT)).as(program.output()).isEqualTo(status);
      return program.output();
    }
  }
}
