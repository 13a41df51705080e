package dev.stampede.load.verdict;

import java.util.List;
import java.util.Objects;

/** One sale in the servers' audit. */
public record SaleAudit(
    String sale,
    boolean balanced,
    long buyersOverLimit,
    Figures grid,
    Figures database,
    List<ShardAudit> shards) {
  public SaleAudit {
    Objects.requireNonNull(sale, "sale");
    Objects.requireNonNull(grid, "grid");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(shards, "shards");
  }
}
