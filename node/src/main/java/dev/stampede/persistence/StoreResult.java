package dev.stampede.persistence;

import java.util.List;

/** What became of changes that were to be stored. */
public sealed interface StoreResult {

  /**
   * The database has them, now or already before.
   *
   * @param seq the newest of them
   * @param setAside the rows that their tables refused for good, each in one line that says why:
   *     dead letters keep them, and everything else is stored
   */
  record Stored(long seq, List<String> setAside) implements StoreResult {

    /** Without exception. */
    public Stored(long seq) {
      this(seq, List.of());
    }
  }

  /**
   * The database has another history of this shard, or another side of the grid was put to work
   * since: nothing was written.
   *
   * @param detail how they differ, in one line
   */
  record Fork(String detail) implements StoreResult {}

  /**
   * The database handed this shard to a later loading: nothing was written. Either that loading
   * finds this shard in place, which then takes its epoch over, or it has taken its place.
   *
   * @param epoch the later loading
   * @param detail which loadings, in one line
   */
  record Outdated(int epoch, String detail) implements StoreResult {}
}
