package dev.stampede.load.verdict;

/** The units of a sale, in the grid or in the database. */
public record Figures(long issued, long sold, long held, long available, long withdrawn) {
  static final Figures NONE = new Figures(0, 0, 0, 0, 0);

  Figures plus(Figures other) {
    return new Figures(
        issued + other.issued,
        sold + other.sold,
        held + other.held,
        available + other.available,
        withdrawn + other.withdrawn);
  }

  boolean addUp() {
    return issued == available + held + sold + withdrawn;
  }

  /** Units given away beyond those issued; 0 where all is well. */
  long oversold() {
    return Math.max(0, Math.max(-available, sold + held + withdrawn - issued));
  }

  @Override
  public String toString() {
    return "issued %d, sold %d, held %d, available %d, withdrawn %d"
        .formatted(issued, sold, held, available, withdrawn);
  }
}
