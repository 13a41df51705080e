package dev.stampede.ops;

import dev.stampede.stock.ShardCounts;
import java.time.Instant;
import java.util.List;

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
