package dev.stampede.load.report;

import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.record.Setback;
import dev.stampede.load.verdict.Figures;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of a run for people: thresholds first, then percentiles, outcomes, sales, verdict. */
public final class Summary {
  private static final int MAX_SALES = 6;

  private final List<String> lines = new ArrayList<>();
  private final Style style;

  private Summary(Style style) {
    this.style = style;
  }

  public static List<String> of(RunReport report, List<Threshold.Checked> thresholds, Style style) {
    Summary summary = new Summary(style);
    summary.thresholds(thresholds);
    summary.latencies(report);
    summary.outcomes(report);
    summary.sales(report.verdict().sales());
    summary.verdict(report);
    return summary.lines;
  }

  private void line(String text) {
    lines.add(text.stripTrailing());
  }

  private void thresholds(List<Threshold.Checked> thresholds) {
    for (Threshold.Checked checked : thresholds) {
      String word = checked.kept() ? style.good("kept   ") : style.bad("crossed");
      line("threshold %s  %s".formatted(word, checked));
    }
  }

  private void latencies(RunReport report) {
    lines.add(
        style.title(
            String.format(
                "%-12s %11s %9s %9s %9s %9s %9s",
                "latency ms", "requests", "p50", "p90", "p99", "p99.9", "max")));
    latency("all", report.run().latency());
    for (Op op : Op.values()) {
      latency(op.label(), Metrics.of(report.run(), op));
    }
    latency("until known", report.run().untilKnown());
    line(
        "%.1f s, %.0f arrivals/s (target %s), %.0f requests/s, %,d arrivals not sent"
            .formatted(
                report.seconds(),
                report.arrivalsPerSecond(),
                report.targetRate() > 0 ? String.format("%.0f", report.targetRate()) : "none",
                report.requestsPerSecond(),
                report.run().notSent()));
  }

  private void latency(String name, Percentiles ms) {
    if (ms.count() > 0) {
      line(
          "  %-10s %,11d %9.2f %9.2f %9.2f %9.2f %9.2f"
              .formatted(name, ms.count(), ms.p50(), ms.p90(), ms.p99(), ms.p999(), ms.max()));
    }
  }

  private void outcomes(RunReport report) {
    lines.add(style.title(String.format("%-16s %7s", "outcome", "count")));
    for (Outcome outcome : Outcome.values()) {
      long count = report.run().count(outcome);
      if (count > 0) {
        line("  %-14s %,7d  %s".formatted(outcome.label(), count, outcome.meaning()));
      }
    }
    List<String> setbacks = new ArrayList<>();
    for (Map.Entry<Setback, Long> setback : report.run().setbacks().entrySet()) {
      setbacks.add(setback.getKey().label() + " " + setback.getValue());
    }
    if (!setbacks.isEmpty()) {
      line("  tried again after: %s".formatted(String.join(", ", setbacks)));
    }
    report.run().unexpected().forEach(sample -> line("  unexpected: %s".formatted(sample)));
  }

  private void sales(List<SaleAudit> sales) {
    if (sales.isEmpty()) {
      return;
    }
    lines.add(
        style.title(
            String.format(
                "%-22s %-8s %10s %10s %10s %10s %10s",
                "sale", "", "issued", "sold", "held", "available", "withdrawn")));
    for (SaleAudit sale : sales.subList(0, Math.min(MAX_SALES, sales.size()))) {
      figures(sale.sale(), "grid", sale.grid());
      figures("", "MariaDB", sale.database());
    }
    if (sales.size() > MAX_SALES) {
      line(
          "  … and %d sales more, all of them in the report (--report)"
              .formatted(sales.size() - MAX_SALES));
    }
  }

  private void figures(String sale, String where, Figures units) {
    line(
        "  %-20s %-8s %,10d %,10d %,10d %,10d %,10d"
            .formatted(
                sale,
                where,
                units.issued(),
                units.sold(),
                units.held(),
                units.available(),
                units.withdrawn()));
  }

  private void verdict(RunReport report) {
    Verdict verdict = report.verdict();
    verdict.notes().forEach(note -> line("note: %s".formatted(note)));
    verdict.violations().forEach(violation -> lines.add(style.bad("VIOLATION") + " " + violation));
    lines.add(
        switch (verdict.result()) {
          case PASS ->
              style.good("verdict: PASS")
                  + ": no unit oversold, none lost, no buyer over the limit";
          case FAIL -> style.bad("verdict: FAIL") + ": see the violations above";
          case INVALID ->
              style.bad("verdict: INVALID") + ": nothing is proved, see the notes above";
        });
  }
}
