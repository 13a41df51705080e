package dev.stampede.http;

import dev.stampede.stock.ShardChange;
import java.util.List;

/** What can never be stored. Any thread may ask; blocks on the database. */
@FunctionalInterface
public interface DeadLetters {

  /** The newest ones first, so many at most. */
  List<Letter> newest(int limit);

  /**
   * A change of a history that lost.
   *
   * @param reason why it is here, in one line
   * @param notedAt since when, milliseconds since 1970
   */
  record Letter(ShardChange change, String reason, long notedAt) {}
}
