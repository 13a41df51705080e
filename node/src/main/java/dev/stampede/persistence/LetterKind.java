package dev.stampede.persistence;

/** What a dead letter keeps. The names are in the table: none may change. */
public enum LetterKind {
  /** A whole change of a history that lost against another. */
  FORK,
  /** A row that {@code orders} refused. */
  ORDER,
  /** A row that {@code refunds} refused. */
  REFUND,
  /** A row that {@code adjustments} refused. */
  ADJUSTMENT
}
