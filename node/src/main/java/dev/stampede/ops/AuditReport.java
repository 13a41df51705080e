package dev.stampede.ops;

import dev.stampede.stock.ShardCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What an audit found: every unit and every order, in the grid and in the database.
 *
 * @param at when it was made
 * @param balanced whether every equation holds
 * @param settled whether the database has everything that the grid has
 * @param backlog changes that the grid has and the database has not, over all shards
 * @param setAside rows that the tables of the database refused, and that dead letters keep
 * @param sales each sale, by name
 * @param problems what does not add up, each with its shard in front; empty where all does
 */
public record AuditReport(
    Instant at,
    boolean balanced,
    boolean settled,
    long backlog,
    long setAside,
    List<SaleAudit> sales,
    List<String> problems) {

  /**
   * Whether the database has every change that the grid had in an earlier audit of the same sales.
   * What the grid has changed since does not count, so that this may be asked of a sale that goes
   * on.
   */
  public boolean reaches(AuditReport earlier) {
    Map<String, Long> stored = seqs(ShardAudit::databaseSeq);
    return earlier.seqs(ShardAudit::gridSeq).entrySet().stream()
        .allMatch(each -> stored.getOrDefault(each.getKey(), -1L) >= each.getValue());
  }

  private Map<String, Long> seqs(ToLongFunction<ShardAudit> side) {
    Map<String, Long> seqs = new HashMap<>();
    for (SaleAudit sale : sales) {
      sale.shards()
          .forEach(shard -> seqs.put(sale.sale() + "/" + shard.shard(), side.applyAsLong(shard)));
    }
    return seqs;
  }

  /** Audits of different sales as one. */
  public static AuditReport of(List<AuditReport> parts) {
    return new AuditReport(
        parts.getLast().at(),
        parts.stream().allMatch(AuditReport::balanced),
        parts.stream().allMatch(AuditReport::settled),
        parts.stream().mapToLong(AuditReport::backlog).sum(),
        parts.stream().mapToLong(AuditReport::setAside).sum(),
        parts.stream().flatMap(part -> part.sales().stream()).toList(),
        parts.stream().flatMap(part -> part.problems().stream()).distinct().toList());
  }

  /**
   * One sale.
   *
   * @param sale its name
   * @param balanced whether every equation of its shards holds
   * @param limitPerBuyer the units one buyer may have
   * @param buyersOverLimit buyers with more than that, where grid or database knows of any
   * @param grid the sum of its shards in the grid
   * @param database the sum of its shards in the database
   * @param shards each shard, by number
   */
  public record SaleAudit(
      String sale,
      boolean balanced,
      int limitPerBuyer,
      long buyersOverLimit,
      ShardCounts grid,
      ShardCounts database,
      List<ShardAudit> shards) {}

  /**
   * One shard.
   *
   * @param shard its number
   * @param owner where its owner meets other nodes, as {@code host:port}; empty while it has none
   * @param gridSeq its newest change
   * @param gridChain the hash of that change, in hexadecimal digits
   * @param databaseSeq its newest change that is stored
   * @param grid where its units are
   * @param database where its units are, by its row
   * @param problems what does not add up
   */
  public record ShardAudit(
      int shard,
      String owner,
      long gridSeq,
      String gridChain,
      long databaseSeq,
      ShardCounts grid,
      ShardCounts database,
      List<String> problems) {}
}
