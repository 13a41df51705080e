package dev.stampede.load.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The servers' own account of the run's sales. Each sale was asked about by itself, so the whole is
 * of a span of time; each shard of it is of one change.
 *
 * @param from the servers' time of the first answer
 * @param to the servers' time of the last answer
 * @param balanced whether the servers found nothing wrong
 * @param sales in the order in which they were asked about
 * @param problems what the servers found wrong
 */
public record Audit(
    Instant from, Instant to, boolean balanced, List<SaleAudit> sales, List<String> problems) {
  public Audit {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(sales, "sales");
    Objects.requireNonNull(problems, "problems");
  }

  public Optional<SaleAudit> sale(String id) {
    return sales.stream().filter(sale -> sale.sale().equals(id)).findFirst();
  }

  /**
   * The shards of an earlier audit whose newest change then, in the grid, is still not in the
   * database; each with its numbers. What the grid has changed since does not count.
   */
  public List<String> behind(Audit earlier) {
    List<String> behind = new ArrayList<>();
    for (SaleAudit sale : earlier.sales()) {
      List<ShardAudit> now = sale(sale.sale()).map(SaleAudit::shards).orElse(List.of());
      for (ShardAudit shard : sale.shards()) {
        long stored =
            now.stream()
                .filter(each -> each.shard() == shard.shard())
                .mapToLong(ShardAudit::databaseSeq)
                .max()
                .orElse(0);
        if (stored < shard.gridSeq()) {
          behind.add(
              "%s/%d: database at change %d, the grid was at %d"
                  .formatted(sale.sale(), shard.shard(), stored, shard.gridSeq()));
        }
      }
    }
    return behind;
  }
}
