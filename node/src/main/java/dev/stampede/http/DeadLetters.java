package dev.stampede.http;

import dev.stampede.stock.ShardChange;
import java.util.List;

/** What could not be stored. Any thread may ask; blocks on the database. */
public interface DeadLetters {

  /**
   * The newest ones first, so many at most.
   *
   * @param before only those with a lower id
   */
  List<Letter> page(long before, int limit);

  /** Tries to store one after all. Repeating it does no harm. */
  Retried retry(long id);

  /** Why a letter is here. */
  enum Kind {
    /** The history of its shard lost against another. */
    FORK,
    /** The orders refused it. */
    ORDER,
    /** The refunds refused it. */
    REFUND,
    /** The adjustments refused it. */
    ADJUSTMENT
  }

  /**
   * A change that lost, or a row of one that was refused.
   *
   * @param id its name
   * @param change what the shard did; of a refused row, no more of it than that row
   * @param reason what the database said, in one line
   * @param notedAt since when, milliseconds since 1970
   */
  record Letter(long id, Kind kind, ShardChange change, String reason, long notedAt) {}

  /** What became of it. */
  sealed interface Retried {

    /** The database has it, and the letter is gone. */
    record Stored() implements Retried {}

    /**
     * The database refuses it still.
     *
     * @param reason what it said, in one line
     */
    record Refused(String reason) implements Retried {}

    /** Its history lost: no database will ever have it. */
    record Lost() implements Retried {}

    /** There is no such letter, or no longer. */
    record Unknown() implements Retried {}
  }
}
