package dev.stampede.load.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bound that a run must keep, such as {@code p99<200ms} or {@code oversold==0}.
 *
 * @param text as it was written
 * @param metric a name from {@link Metrics}
 * @param bound in milliseconds for latencies
 */
public record Threshold(String text, String metric, Relation relation, double bound) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9.]+)\\s*(<=|>=|==|!=|<|>)\\s*(\\d+(?:\\.\\d+)?)(us|ms|s)?");
  private static final double MILLIS_PER_SECOND = 1000;

  /** How the figure must stand to the bound. */
  public enum Relation {
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    UNEQUAL("!=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    static Relation of(String sign) {
      for (Relation relation : values()) {
        if (relation.sign.equals(sign)) {
          return relation;
        }
      }
      throw new IllegalArgumentException("no relation " + sign);
    }

    boolean holds(double actual, double bound) {
      int compared = Double.compare(actual, bound);
      return switch (this) {
        case BELOW -> compared < 0;
        case AT_MOST -> compared <= 0;
        case ABOVE -> compared > 0;
        case AT_LEAST -> compared >= 0;
        case EQUAL -> compared == 0;
        case UNEQUAL -> compared != 0;
      };
    }
  }

  /** A threshold and the figure it met. */
  public record Checked(Threshold threshold, double actual, boolean kept) {
    @Override
    public String toString() {
      return "%s (%.6g)".formatted(threshold.text(), actual);
    }
  }

  /**
   * Understands a threshold as it is written.
   *
   * @throws IllegalArgumentException if it is no threshold or names no metric, saying what was
   *     expected
   */
  public static Threshold parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no threshold: expected something like p99<200ms or oversold==0");
    }
    String metric = form.group(1);
    if (!Metrics.isKnown(metric)) {
      throw new IllegalArgumentException(
          "'%s': no metric '%s': choose one of %s"
              .formatted(text, metric, String.join(", ", Metrics.names())));
    }
    double bound = Double.parseDouble(form.group(3)) * factor(form.group(4));
    return new Threshold(text.strip(), metric, Relation.of(form.group(2)), bound);
  }

  private static double factor(@Nullable String unit) {
    return switch (unit == null ? "ms" : unit) {
      case "s" -> MILLIS_PER_SECOND;
      case "us" -> 1 / MILLIS_PER_SECOND;
      default -> 1;
    };
  }

  public Checked check(RunReport report) {
    double actual = Metrics.value(metric, report);
    return new Checked(this, actual, relation.holds(actual, bound));
  }
}
