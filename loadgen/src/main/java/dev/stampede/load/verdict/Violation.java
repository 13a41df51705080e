package dev.stampede.load.verdict;

import java.util.List;

/**
 * Something that must never happen, and did.
 *
 * @param count how often
 * @param examples the first few
 */
public record Violation(Kind kind, long count, List<String> examples) {

  /** What happened. */
  public enum Kind {
    OVERSOLD("units oversold"),
    OVER_LIMIT("buyer over the limit"),
    LOST_ORDER("acknowledged order lost"),
    UNTOLD_ORDER("lost answer: units in an order nobody was told about"),
    WRONG_ORDER("order with another buyer or quantity than told"),
    WRONG_STATE("order in another state than told"),
    EXPIRED_EARLY("hold ended before its time"),
    HOLD_NOT_RELEASED("hold long past its time"),
    REPLAY_DIFFERS("same key, another answer"),
    PAYMENT_REFUSED("right payment sent back as one for something else"),
    SOLD_DIFFERS("sold differs from what buyers were told"),
    UNBALANCED("figures do not add up"),
    GRID_DATABASE_DIFFER("grid and database differ"),
    NOT_SETTLED("database still behind the grid"),
    SALE_MISSING("sale missing in the audit");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return "%s (%d): %s".formatted(kind.words(), count, String.join("; ", examples));
  }
}
