package dev.stampede.persistence;

/** What became of a dead letter that was to be stored after all. */
public sealed interface RetryResult {

  /** Its row is in the table, and the letter is gone. */
  record Stored() implements RetryResult {}

  /**
   * The table refuses the row again.
   *
   * @param reason what the database said, in one line
   */
  record Refused(String reason) implements RetryResult {}

  /** It is of a history that lost: no table will ever have it. */
  record Lost() implements RetryResult {}

  /** There is no such letter, or no longer. */
  record Unknown() implements RetryResult {}
}
