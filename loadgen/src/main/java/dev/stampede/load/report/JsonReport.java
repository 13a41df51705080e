package dev.stampede.load.report;

import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.record.Setback;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report for machines. */
public final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  public static String of(RunReport report, List<Threshold.Checked> thresholds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("verdict", report.verdict().result().label());
    json.put(
        "violations", report.verdict().violations().stream().map(JsonReport::violation).toList());
    json.put("notes", report.verdict().notes());
    json.put("interrupted", report.interrupted());
    json.put("startedAt", report.startedAt().toString());
    json.put("seconds", round(report.seconds()));
    json.put("sales", report.verdict().sales().stream().map(JsonReport::sale).toList());
    json.put("oversold", report.verdict().oversold());
    json.put("requests", report.run().requests());
    json.put("rate", round(report.requestsPerSecond()));
    json.put("arrivals", arrivals(report));
    json.put("notSent", report.run().notSent());
    json.put("outcomes", outcomes(report));
    json.put("setbacks", setbacks(report));
    json.put("unexpected", report.run().unexpected());
    json.put("latencyMillis", latencies(report));
    json.put("thresholds", thresholds.stream().map(JsonReport::threshold).toList());
    return MAPPER.writeValueAsString(json);
  }

  private static Map<String, Object> violation(Violation violation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", violation.kind().name());
    json.put("meaning", violation.kind().words());
    json.put("count", violation.count());
    json.put("examples", violation.examples());
    return json;
  }

  private static Map<String, Object> sale(SaleAudit sale) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sale", sale.sale());
    json.put("grid", sale.grid());
    json.put("database", sale.database());
    return json;
  }

  private static Map<String, Object> arrivals(RunReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", report.run().arrivals());
    json.put("targetRate", round(report.targetRate()));
    json.put("rate", round(report.arrivalsPerSecond()));
    return json;
  }

  private static Map<String, Long> outcomes(RunReport report) {
    Map<String, Long> json = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      json.put(outcome.label(), report.run().count(outcome));
    }
    return json;
  }

  private static Map<String, Long> setbacks(RunReport report) {
    Map<String, Long> json = new LinkedHashMap<>();
    for (Setback setback : Setback.values()) {
      json.put(setback.label(), report.run().setbacks().getOrDefault(setback, 0L));
    }
    return json;
  }

  private static Map<String, Object> latencies(RunReport report) {
    Map<String, Object> json = percentiles(report.run().latency());
    for (Op op : Op.values()) {
      json.put(op.label(), percentiles(Metrics.of(report.run(), op)));
    }
    json.put("untilKnown", percentiles(report.run().untilKnown()));
    return json;
  }

  private static Map<String, Object> percentiles(Percentiles millis) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", millis.count());
    json.put("p50", millis.p50());
    json.put("p90", millis.p90());
    json.put("p99", millis.p99());
    json.put("p999", millis.p999());
    json.put("max", millis.max());
    return json;
  }

  private static Map<String, Object> threshold(Threshold.Checked checked) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("threshold", checked.threshold().text());
    json.put("actual", checked.actual());
    json.put("kept", checked.kept());
    return json;
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
