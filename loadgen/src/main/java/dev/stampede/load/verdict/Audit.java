package dev.stampede.load.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The servers' own account of all sales.
 *
 * @param settled everything in the grid is in the database too
 * @param backlog changes that are not
 */
public record Audit(
    Instant at,
    boolean balanced,
    boolean settled,
    long backlog,
    List<SaleAudit> sales,
    List<String> problems) {
  public Audit {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(sales, "sales");
    Objects.requireNonNull(problems, "problems");
  }

  public Optional<SaleAudit> sale(String id) {
    return sales.stream().filter(sale -> sale.sale().equals(id)).findFirst();
  }
}
