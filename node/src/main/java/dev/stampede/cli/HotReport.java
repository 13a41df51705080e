package dev.stampede.cli;

import dev.stampede.hotspot.pipeline.LogFiles;
import dev.stampede.hotspot.pipeline.LogScanner;
import dev.stampede.hotspot.pipeline.Peak;
import dev.stampede.hotspot.pipeline.SaleCount;
import dev.stampede.hotspot.pipeline.ScanTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a scan has found, for people and for programs.
 *
 * @param files how many were read
 * @param cut the names of those that end in the middle
 * @param totals what was in them
 * @param peaks the busiest second of each of the hottest sales
 */
record HotReport(int files, List<String> cut, ScanTotals totals, Map<String, Peak> peaks) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Peak NEVER = new Peak(0, 0);

  static HotReport of(LogScanner scanner, LogFiles files, int top) {
    ScanTotals totals = scanner.totals(files, top);
    List<String> hottest = names(totals);
    Map<String, Peak> peaks = hottest.isEmpty() ? Map.of() : scanner.peaks(files, hottest);
    return new HotReport(files.names().size(), scanner.cutFiles(), totals, peaks);
  }

  private static List<String> names(ScanTotals totals) {
    return totals.hottest().stream().map(SaleCount::sale).toList();
  }

  /** The sales that are spoken of most, the hottest first. */
  List<String> hottest() {
    return names(totals);
  }

  /** Refuses what is no access log at all. */
  void requireLines() {
    if (totals.lines() > 0 && totals.malformed() == totals.lines()) {
      throw CommandException.usage(
          "none of %,d lines is in the combined format of nginx: first in %s"
              .formatted(totals.lines(), totals.firstMalformed()));
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(table().lines());
    lines.add(
        "lines: %,d in files: %,d; accesses: %,d to sales: %,d"
            .formatted(totals.lines(), files, totals.accesses(), totals.sales()));
    if (totals.malformed() > 0) {
      lines.add(
          "%,d of %,d lines are not in the combined format: first in %s"
              .formatted(totals.malformed(), totals.lines(), totals.firstMalformed()));
    }
    cut.forEach(file -> lines.add(file + ": ends in the middle; what follows is not counted"));
    if (totals.uncounted() > 0) {
      lines.add(
          "more than %,d different sales: %,d accesses to further ones are not counted"
              .formatted(totals.sales(), totals.uncounted()));
    }
    return lines;
  }

  private TextTable table() {
    TextTable table =
        new TextTable("SALE", "READS", "PURCHASES", "TOTAL", "SHARE %", "PEAK/S", "PEAK AT");
    for (SaleCount sale : totals.hottest()) {
      Peak peak = peaks.getOrDefault(sale.sale(), NEVER);
      table.add(
          sale.sale(),
          sale.reads(),
          sale.purchases(),
          sale.total(),
          "%.1f".formatted(100 * share(sale)),
          peak.accesses(),
          Instant.ofEpochSecond(peak.second()));
    }
    return table;
  }

  private double share(SaleCount sale) {
    return (double) sale.total() / totals.accesses();
  }

  String json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("files", files)
        .put("lines", totals.lines())
        .put("malformedLines", totals.malformed())
        .put("firstMalformedLine", totals.firstMalformed())
        .put("accesses", totals.accesses())
        .put("uncountedAccesses", totals.uncounted())
        .put("distinctSales", totals.sales());
    cut.forEach(root.putArray("cutFiles")::add);
    ArrayNode sales = root.putArray("sales");
    for (SaleCount sale : totals.hottest()) {
      Peak peak = peaks.getOrDefault(sale.sale(), NEVER);
      sales
          .addObject()
          .put("sale", sale.sale())
          .put("reads", sale.reads())
          .put("purchases", sale.purchases())
          .put("total", sale.total())
          .put("share", share(sale))
          .put("peakPerSecond", peak.accesses())
          .put("peakAt", Instant.ofEpochSecond(peak.second()).toString());
    }
    return MAPPER.writeValueAsString(root);
  }
}
