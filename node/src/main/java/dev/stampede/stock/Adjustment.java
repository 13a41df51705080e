package dev.stampede.stock;

/**
 * A change of the issued stock by an operator, or a reopening, kept so that repeating it changes
 * nothing.
 *
 * @param id which adjustment
 * @param kind what was done
 * @param quantity the units, 1 or more; 0 of a reopening
 */
public record Adjustment(String id, Kind kind, long quantity) {

  /** What an adjustment does. */
  public enum Kind {
    /** More units. */
    RESTOCK(1),
    /** Fewer units. */
    WITHDRAW(2),
    /** The same units, sold again after the sale was closed. */
    REOPEN(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Its number in the ledger: never reused, never changed. */
    public int code() {
      return code;
    }

    /**
     * The one with this number.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Kind ofCode(int code) {
      for (Kind each : values()) {
        if (each.code == code) {
          return each;
        }
      }
      throw new IllegalArgumentException("no Kind has the code " + code);
    }
  }
}
