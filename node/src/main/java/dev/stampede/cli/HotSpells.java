package dev.stampede.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** When sales were hot, as a node tells it. */
record HotSpells(List<JsonNode> spells) {

  private static final int PAGE = 1_000;

  /** Reads the newest ones, page by page; of all sales where none is named. */
  static HotSpells read(Api api, @Nullable String sale, int limit) {
    String page = "?limit=" + Math.min(PAGE, limit);
    String of = sale == null ? "" : "&sale=" + sale;
    return new HotSpells(api.first("/api/admin/hot/history" + page + of, "spells", limit));
  }

  JsonNode json() {
    return JsonNodeFactory.instance.arrayNode().addAll(spells);
  }

  TextTable table() {
    TextTable table = new TextTable("SALE", "SINCE", "SECONDS", "PEAK/S", "BUYS/S", "FOUND BY");
    for (JsonNode spell : spells) {
      table.add(
          spell.path("sale").asString(""),
          spell.path("since").asString(""),
          seconds(spell),
          Math.round(spell.path("peakRate").asDouble()),
          Math.round(spell.path("peakPurchaseRate").asDouble()),
          spell
              .path("sources")
              .valueStream()
              .map(JsonNode::asString)
              .collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static long seconds(JsonNode spell) {
    Instant since = Instant.parse(spell.path("since").asString(""));
    Instant until = Instant.parse(spell.path("until").asString(""));
    return Duration.between(since, until).toSeconds();
  }
}
