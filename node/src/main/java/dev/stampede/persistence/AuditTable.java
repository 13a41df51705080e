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

  /** One statement, so one view of the data: sums and shard rows belong to the same commit. */
  private static final String SHARDS =
      """
      SELECT shards.sale, shards.shard, seq, chain, issued, available, shards.held, shards.sold,
          withdrawn,
          COALESCE(SUM(totals.held), 0) AS held_by_orders,
          COALESCE(SUM(totals.sold), 0) AS sold_by_orders,
          COALESCE(SUM(totals.live > limit_per_buyer), 0) AS buyers_over_limit
        FROM shards
        JOIN sales ON sales.id = shards.sale
        LEFT JOIN (
          SELECT sale, shard, buyer,
              SUM(IF(state = 'HELD', quantity, 0)) AS held,
              SUM(IF(state IN ('PLACED', 'PAID'), quantity, 0)) AS sold,
              SUM(IF(state IN ('CANCELLED', 'EXPIRED'), 0, quantity)) AS live
            FROM orders
            GROUP BY sale, shard, buyer
        ) AS totals ON totals.sale = shards.sale AND totals.shard = shards.shard
        GROUP BY shards.sale, shards.shard
        ORDER BY shards.sale, shards.shard
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
