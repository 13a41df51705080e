package dev.stampede.load.report;

import org.HdrHistogram.Histogram;

/**
 * The latency by percentile as a drawing (SVG), the rare end stretched as HdrHistogram plots do.
 */
final class PercentileCurve {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 70;
  private static final int BOTTOM = 40;
  private static final int TOP = 10;
  private static final int STEPS_PER_NINE = 20;
  private static final int GRID_LINES = 4;
  private static final double MICROS_PER_MILLI = 1000;

  private final Histogram micros;
  private final int nines;
  private final double highest;
  private final StringBuilder svg = new StringBuilder();

  private PercentileCurve(Histogram micros) {
    this.micros = micros;
    // As many nines as there are values to tell them apart.
    this.nines = Math.clamp((int) Math.log10((double) Math.max(10, micros.getTotalCount())), 1, 6);
    this.highest = Math.max(1, micros.getMaxValue()) / MICROS_PER_MILLI;
  }

  static String svg(Histogram micros) {
    return new PercentileCurve(micros).draw();
  }

  private String draw() {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"latency by percentile\">"
            .formatted(WIDTH, HEIGHT));
    for (int i = 0; i <= GRID_LINES; i++) {
      levelLine(highest * i / GRID_LINES);
    }
    for (int nine = 0; nine <= nines; nine++) {
      percentileLabel(nine);
    }
    add("<polyline class=\"curve\" points=\"");
    for (int step = 0; step <= nines * STEPS_PER_NINE; step++) {
      double nine = (double) step / STEPS_PER_NINE;
      double ms = micros.getValueAtPercentile(percentile(nine)) / MICROS_PER_MILLI;
      add("%.1f,%.1f ".formatted(x(nine), y(ms)));
    }
    add("\"/></svg>");
    return svg.toString();
  }

  private void levelLine(double ms) {
    add(
        "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>"
            .formatted(LEFT, WIDTH, y(ms)));
    add(
        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g ms</text>"
            .formatted(LEFT - 6, y(ms) + 4, ms));
  }

  private void percentileLabel(int nine) {
    String anchor = nine == nines ? "end" : "middle";
    add(
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s %%</text>"
            .formatted(x(nine), HEIGHT - BOTTOM + 20, anchor, trimmed(percentile(nine))));
  }

  private static String trimmed(double percentile) {
    return "%.6f".formatted(percentile).replaceAll("\\.?0+$", "");
  }

  /** 0 is the 0th percentile, 1 the 90th, 2 the 99th and so on. */
  private static double percentile(double nine) {
    return 100 * (1 - Math.pow(10, -nine));
  }

  private double x(double nine) {
    return LEFT + (WIDTH - LEFT) * nine / nines;
  }

  private double y(double ms) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - ms / highest);
  }

  private void add(String text) {
    svg.append(text);
  }
}
