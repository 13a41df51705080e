package dev.stampede.load.verdict;

import java.util.Objects;

/**
 * One shard in the servers' audit.
 *
 * @param gridSeq the grid's newest change
 * @param gridChain the hash of that change
 * @param databaseSeq the database's newest change
 * @param grid the grid's units after {@code gridSeq}
 * @param database the database's units after {@code databaseSeq}
 */
public record ShardAudit(
    int shard, long gridSeq, String gridChain, long databaseSeq, Figures grid, Figures database) {
  public ShardAudit {
    Objects.requireNonNull(gridChain, "gridChain");
    Objects.requireNonNull(grid, "grid");
    Objects.requireNonNull(database, "database");
  }
}
