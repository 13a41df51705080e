package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.YamlFile;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The alert rules that are shipped, against what a node tells. */
final class AlertRulesIT {

  private static final Path RULES = Path.of("..", "docs", "alerts.yaml");
  private static final Pattern METRIC = Pattern.compile("\\bstampede_[a-z_]+");

  @Test
  void rules_always_nameMetricsThatANodeHas() throws Exception {
    Set<String> named = named();
    try (ThreeNodes nodes = ThreeNodes.start("alert-rules")) {
      String metrics = nodes.response(nodes.nodes().getFirst(), "/metrics").body();

      assertThat(named).contains("stampede_clock_skew_seconds");
      assertThat(metrics.lines().map(line -> line.split("[ {]", 2)[0]).collect(Collectors.toSet()))
          .containsAll(named);
    }
  }

  /** Every rule says what happened, and how long it must last. */
  private static Set<String> named() {
    Set<String> expressions =
        YamlFile.read(RULES).path("groups").findValues("rules").stream()
            .flatMap(rules -> rules.valueStream())
            .peek(rule -> assertThat(rule.propertyNames()).contains("alert", "expr", "for"))
            .map((JsonNode rule) -> rule.path("expr").asString())
            .collect(Collectors.toSet());
    return METRIC
        .matcher(String.join("\n", expressions))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
