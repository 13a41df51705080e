package dev.stampede.load.report;

import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.record.RunResult;
import dev.stampede.load.verdict.Verdict;
import dev.stampede.load.verdict.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Every figure that a threshold may name. Latencies are in milliseconds. */
public final class Metrics {
  private static final Map<String, ToDoubleFunction<RunReport>> BY_NAME = byName();

  private Metrics() {}

  public static Iterable<String> names() {
    return BY_NAME.keySet();
  }

  static boolean isKnown(String name) {
    return BY_NAME.containsKey(name);
  }

  /**
   * @throws IllegalArgumentException for a name that there is not
   */
  static double value(String name, RunReport report) {
    return Optional.ofNullable(BY_NAME.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no metric " + name))
        .applyAsDouble(report);
  }

  private static Map<String, ToDoubleFunction<RunReport>> byName() {
    Map<String, ToDoubleFunction<RunReport>> all = new TreeMap<>();
    all.put("arrivals", r -> r.run().arrivals());
    all.put("notSent", r -> r.run().notSent());
    all.put("requests", r -> r.run().requests());
    all.put("rate", RunReport::requestsPerSecond);
    all.put("oversold", r -> r.verdict().oversold());
    all.put("lost", r -> r.verdict().count(Violation.Kind.LOST_ORDER));
    all.put("overLimit", r -> r.verdict().count(Violation.Kind.OVER_LIMIT));
    all.put("violations", r -> violations(r.verdict()));
    for (Outcome outcome : Outcome.values()) {
      all.put(outcome.label(), r -> r.run().count(outcome));
    }
    percentiles(all, "", r -> r.run().latency());
    percentiles(all, "untilKnown.", r -> r.run().untilKnown());
    for (Op op : Op.values()) {
      percentiles(all, op.label() + ".", r -> of(r.run(), op));
    }
    return all;
  }

  private static double violations(Verdict verdict) {
    return verdict.violations().stream().mapToLong(Violation::count).sum();
  }

  static Percentiles of(RunResult run, Op op) {
    return run.latencies().getOrDefault(op, Percentiles.NONE);
  }

  /** Picks some percentiles out of a report. */
  private interface Pick {
    Percentiles of(RunReport report);
  }

  private static void percentiles(
      Map<String, ToDoubleFunction<RunReport>> all, String prefix, Pick pick) {
    all.put(prefix + "p50", r -> pick.of(r).p50());
    all.put(prefix + "p90", r -> pick.of(r).p90());
    all.put(prefix + "p99", r -> pick.of(r).p99());
    all.put(prefix + "p999", r -> pick.of(r).p999());
    all.put(prefix + "max", r -> pick.of(r).max());
  }
}
