package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a demo proved: the load generator's report of what buyers were told, and the audit.
 *
 * @param load the load generator's report
 * @param asked grid against database, when all was over
 * @param audit the same a moment later, when the database should have what the grid had then
 * @param drained how long the database needed to catch up after the last buyer
 * @param killed the node that was killed
 */
record DemoVerdict(
    ObjectNode load,
    AuditReport asked,
    AuditReport audit,
    Optional<Duration> drained,
    Optional<String> killed) {

  private static final String PASS = "pass";

  boolean isPass() {
    return load.path("verdict").asString("").equals(PASS)
        && asked.balanced()
        && audit.balanced()
        && audit.reaches(asked);
  }

  /** For people; at most a screen. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(VerifyCommand.table(audit.sales()).lines());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "requests  %,d, %,.0f a second",
            load.path("requests").asLong(),
            load.path("rate").asDouble()));
    lines.add("answers   " + outcomes());
    lines.add("latency   " + latencies() + " (ms, from when a buyer meant to ask)");
    lines.add(
        "database  "
            + drained
                .map(time -> String.format(Locale.ROOT, "caught up %.1f s", time.toMillis() / 1e3))
                .orElse("caught up not seen")
            + " after the last buyer");
    killed.ifPresent(node -> lines.add("fault     " + node + " was killed (kill -9) mid-sale"));
    load.path("notes").forEach(note -> lines.add("note      " + note.asString()));
    load.path("violations").forEach(each -> lines.add("wrong     " + violation(each)));
    audit.problems().forEach(problem -> lines.add("wrong     " + problem));
    lines.add(conclusion());
    return lines;
  }

  private String conclusion() {
    if (isPass()) {
      return "@|bold,green PASS|@: no unit oversold, none lost, no buyer over the limit";
    }
    return load.path("verdict").asString("").equals("invalid")
        ? "@|bold,red FAIL|@: the run proves nothing, see the notes"
        : "@|bold,red FAIL|@: grid, database and buyers do not agree";
  }

  private String outcomes() {
    return load.path("outcomes").properties().stream()
        .filter(each -> each.getValue().asLong() > 0)
        .map(each -> String.format(Locale.ROOT, "%s %,d", each.getKey(), each.getValue().asLong()))
        .collect(Collectors.joining(", "));
  }

  private String latencies() {
    JsonNode millis = load.path("latencyMillis");
    return String.format(
        Locale.ROOT,
        "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f",
        millis.path("p50").asDouble(),
        millis.path("p90").asDouble(),
        millis.path("p99").asDouble(),
        millis.path("p999").asDouble(),
        millis.path("max").asDouble());
  }

  private static String violation(JsonNode violation) {
    return violation.path("count").asLong()
        + " x "
        + violation.path("meaning").asString()
        + ": "
        + violation.path("examples");
  }

  /** The load generator's report, completed. */
  String toJson() {
    ObjectNode json = load.deepCopy();
    json.put("verdict", isPass() ? PASS : "fail");
    drained.ifPresent(time -> json.put("backlogDrainMillis", time.toMillis()));
    killed.ifPresent(node -> json.put("killed", node));
    JsonMapper mapper = new JsonMapper();
    json.set("audit", mapper.valueToTree(audit));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }
}
