package dev.stampede.load.verdict;

import java.util.Objects;

/** One sale in the servers' audit. */
public record SaleAudit(
    String sale, boolean balanced, long buyersOverLimit, Figures grid, Figures database) {
  public SaleAudit {
    Objects.requireNonNull(sale, "sale");
    Objects.requireNonNull(grid, "grid");
    Objects.requireNonNull(database, "database");
  }
}
