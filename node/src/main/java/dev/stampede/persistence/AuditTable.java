package dev.stampede.persistence;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the database says of all shards, for audits. Any thread may ask; each call blocks. */
public final class AuditTable {

  /** Who reads every order may wait so long for an answer, in milliseconds. */
  static final int PATIENCE_MILLIS = 120_000;

  /**
   * One statement, so one view of the data: sums and shard rows belong to the same commit. The hint
   * lets MariaDB sort the buyers instead of looking each up in a table on disk: with a million of
   * them, seconds instead of a minute.
   */
  private static final String SHARDS =
      """
      SELECT sale, shard, seq, chain, issued, available, shards.held, shards.sold, withdrawn,
          COALESCE(totals.held, 0) AS held_by_orders,
          COALESCE(totals.sold, 0) AS sold_by_orders,
          COALESCE(greedy.buyers, 0) AS buyers_over_limit
        FROM shards
        LEFT JOIN (
          SELECT sale, shard,
              SUM(IF(state = 'HELD', quantity, 0)) AS held,
              SUM(IF(state IN ('PLACED', 'PAID'), quantity, 0)) AS sold
            FROM orders
            GROUP BY sale, shard
        ) AS totals USING (sale, shard)
        LEFT JOIN (
          SELECT sale, shard, COUNT(*) AS buyers
            FROM (
              SELECT SQL_BIG_RESULT sale, shard, buyer
                FROM orders
                WHERE state NOT IN ('CANCELLED', 'EXPIRED')
                GROUP BY sale, shard, buyer
                HAVING SUM(quantity) > (SELECT limit_per_buyer FROM sales WHERE id = sale)
            ) AS each_of_them
            GROUP BY sale, shard
        ) AS greedy USING (sale, shard)
        ORDER BY sale, shard
      """;

  private final Database database;

  /** The tables in this database. */
  public AuditTable(Database database) {
    this.database = database;
  }

  /**
   * Every shard as its row has it and as its orders add up to, by sale and shard, at one instant.
   *
   * @throws DatabaseException where the database does not answer
   */
  public List<AuditedShard> shards() {
    return database.transaction("the audit of all shards", AuditTable::shards);
  }

  private static List<AuditedShard> shards(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS); // the pool sets it back
    List<AuditedShard> shards = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SHARDS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        shards.add(read(rows));
      }
    }
    return shards;
  }

  private static AuditedShard read(ResultSet row) throws SQLException {
    return new AuditedShard(
        new StockKey(new SaleId(row.getString("sale")), row.getInt("shard")),
        row.getLong("seq"),
        ChainHash.of(row.getBytes("chain")),
        ShardRow.counts(row),
        row.getLong("held_by_orders"),
        row.getLong("sold_by_orders"),
        row.getLong("buyers_over_limit"));
  }
}
