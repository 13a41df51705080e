package dev.stampede.load.record;

import java.util.Locale;

/** The kinds of request, each with latencies of its own. */
public enum Op {
  READ,
  BUY,
  PAY,
  CANCEL;

  /** The name in reports and thresholds. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
