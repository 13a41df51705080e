package dev.stampede.load.report;

import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.verdict.Figures;
import dev.stampede.load.verdict.SaleAudit;
import java.util.List;
import java.util.stream.Stream;

/** The report as one HTML page that needs nothing from the network. */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Stampede load run</title><style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse; margin: 1rem 0; width: 100% }
      th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid #8884 }
      th:first-child, td:first-child { text-align: left }
      svg text { font-size: 11px; fill: currentColor } .grid { stroke: #8884 }
      .curve { fill: none; stroke: #06c; stroke-width: 2 }
      .pass { color: #070 } .fail, .invalid { color: #b00 }
      @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd }
        .pass { color: #6d6 } .fail, .invalid { color: #f77 } .curve { stroke: #6af } }
      </style></head><body>
      """;

  private final StringBuilder html = new StringBuilder(HEAD);

  private HtmlReport() {}

  public static String of(RunReport report, List<Threshold.Checked> thresholds) {
    HtmlReport page = new HtmlReport();
    page.verdict(report);
    page.thresholds(thresholds);
    page.latencies(report);
    page.html.append(PercentileCurve.svg(report.run().all()));
    page.outcomes(report);
    page.sales(report.verdict().sales());
    return page.html.append("</body></html>\n").toString();
  }

  private void verdict(RunReport report) {
    String result = report.verdict().result().label();
    add("<h1>Load run: <span class=\"%s\">%s</span></h1>\n".formatted(result, result));
    add(
        ("<p>%s, %.1f s, %.0f arrivals/s, %.0f requests/s, %,d requests, %,d arrivals not"
                + " sent.</p>\n")
            .formatted(
                report.startedAt(),
                report.seconds(),
                report.arrivalsPerSecond(),
                report.requestsPerSecond(),
                report.run().requests(),
                report.run().notSent()));
    list(report.verdict().violations().stream().map(v -> "Violation: " + v));
    list(report.verdict().notes().stream());
  }

  private void list(Stream<String> items) {
    List<String> all = items.map(HtmlReport::escape).toList();
    if (!all.isEmpty()) {
      html.append("<ul><li>").append(String.join("</li><li>", all)).append("</li></ul>\n");
    }
  }

  private void thresholds(List<Threshold.Checked> thresholds) {
    list(thresholds.stream().map(t -> (t.kept() ? "kept: " : "crossed: ") + t));
  }

  private void latencies(RunReport report) {
    html.append("<h2>Latency, ms from the intended start</h2>\n<table>");
    row("th", "", "requests", "p50", "p90", "p99", "p99.9", "max");
    latency("all", report.run().latency());
    for (Op op : Op.values()) {
      latency(op.label(), Metrics.of(report.run(), op));
    }
    latency("until known", report.run().untilKnown());
    html.append("</table>\n");
  }

  private void latency(String name, Percentiles ms) {
    row(
        "td",
        name,
        count(ms.count()),
        millis(ms.p50()),
        millis(ms.p90()),
        millis(ms.p99()),
        millis(ms.p999()),
        millis(ms.max()));
  }

  private void outcomes(RunReport report) {
    html.append("<h2>Outcomes</h2>\n<table>");
    row("th", "outcome", "meaning", "count");
    for (Outcome outcome : Outcome.values()) {
      row("td", outcome.label(), outcome.meaning(), count(report.run().count(outcome)));
    }
    html.append("</table>\n");
    list(report.run().unexpected().stream());
  }

  private void sales(List<SaleAudit> sales) {
    html.append("<h2>Sales</h2>\n<table>");
    row("th", "sale", "", "issued", "sold", "held", "available", "withdrawn");
    for (SaleAudit sale : sales) {
      figures(sale.sale(), "grid", sale.grid());
      figures("", "MariaDB", sale.database());
    }
    html.append("</table>\n");
  }

  private void figures(String sale, String where, Figures units) {
    row(
        "td",
        sale,
        where,
        count(units.issued()),
        count(units.sold()),
        count(units.held()),
        count(units.available()),
        count(units.withdrawn()));
  }

  private void row(String cell, String... values) {
    html.append("<tr>");
    for (String value : values) {
      html.append('<').append(cell).append('>').append(escape(value));
      html.append("</").append(cell).append('>');
    }
    html.append("</tr>\n");
  }

  private static String count(long count) {
    return "%,d".formatted(count);
  }

  private static String millis(double ms) {
    return "%.2f".formatted(ms);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void add(String text) {
    html.append(text);
  }
}
