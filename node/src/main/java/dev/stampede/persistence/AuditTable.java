package dev.stampede.persistence;

import dev.stampede.order.Order;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the database says of all shards, for audits. Any thread may ask; each call blocks. */
public final class AuditTable {

  /** Who reads every order may wait so long for an answer, in milliseconds. */
  static final int PATIENCE_MILLIS = 120_000;

  /**
   * What orders add up to, apart from those that dead letters stand for: their rows are old. The
   * hint lets MariaDB sort the buyers instead of looking each up in a table on disk: with a million
   * of them, seconds instead of a minute.
   */
  private static final String SHARDS =
      """
      WITH refused AS (
        SELECT sale, shard, UNHEX(row_key) FROM dead_letter WHERE kind = 'ORDER' AND @SALE
      )
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
            WHERE @SALE AND (sale, shard, order_key) NOT IN (SELECT * FROM refused)
            GROUP BY sale, shard
        ) AS totals USING (sale, shard)
        LEFT JOIN (
          SELECT sale, shard, COUNT(*) AS buyers
            FROM (
              SELECT SQL_BIG_RESULT sale, shard, buyer
                FROM orders
                WHERE @SALE AND state NOT IN ('CANCELLED', 'EXPIRED')
                  AND (sale, shard, order_key) NOT IN (SELECT * FROM refused)
                GROUP BY sale, shard, buyer
                HAVING SUM(quantity) > (SELECT limit_per_buyer FROM sales WHERE id = sale)
            ) AS each_of_them
            GROUP BY sale, shard
        ) AS greedy USING (sale, shard)
        WHERE @SALE
        ORDER BY sale, shard
      """;

  /** How often the condition on the sale stands in it. */
  private static final int PLACES = 4;

  private final Database database;

  /** The tables in this database. */
  public AuditTable(Database database) {
    this.database = database;
  }

  /**
   * Every shard as its row has it and as its orders add up to, by sale and shard, at one instant.
   * Orders that are set aside count towards the sums as the ledger has them, though not towards the
   * limit of their buyers. Reads every order of these sales: some seconds for a million.
   *
   * @param sales only these sales; empty for all
   * @throws DatabaseException where the database does not answer
   */
  public List<AuditedShard> shards(List<SaleId> sales) {
    return database.transaction(
        "the audit of " + (sales.isEmpty() ? "all shards" : sales),
        connection -> shards(connection, sales));
  }

  /**
   * The names of all shards that have a row, by sale and shard. Reads no order.
   *
   * @throws DatabaseException where the database does not answer
   */
  public List<StockKey> keys() {
    return database.transaction("reading the shards", AuditTable::keys);
  }

  private static List<StockKey> keys(Connection connection) throws SQLException {
    List<StockKey> keys = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT sale, shard FROM shards ORDER BY sale, shard");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(new StockKey(new SaleId(rows.getString("sale")), rows.getInt("shard")));
      }
    }
    return keys;
  }

  private static List<AuditedShard> shards(Connection connection, List<SaleId> sales)
      throws SQLException {
    // One view of the data to the end of the transaction; the pool sets both back.
    connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    Map<StockKey, List<LetterRow>> letters =
        LetterRow.setAside(connection).stream().collect(Collectors.groupingBy(LetterRow::shard));
    List<AuditedShard> shards = new ArrayList<>();
    String sql = SHARDS.replace("@SALE", condition(sales));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < PLACES * sales.size(); i++) {
        statement.setString(i + 1, sales.get(i % sales.size()).value());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          StockKey key = new StockKey(new SaleId(rows.getString("sale")), rows.getInt("shard"));
          shards.add(read(connection, key, rows, letters.getOrDefault(key, List.of())));
        }
      }
    }
    return shards;
  }

  private static String condition(List<SaleId> sales) {
    return sales.isEmpty()
        ? "TRUE"
        : "sale IN (" + String.join(", ", Collections.nCopies(sales.size(), "?")) + ")";
  }

  private static AuditedShard read(
      Connection connection, StockKey key, ResultSet row, List<LetterRow> letters)
      throws SQLException {
    ShardCounts setAside = ShardCounts.NONE;
    LetterContents contents = new LetterContents(connection);
    for (LetterRow letter : letters) {
      Optional<ShardChange> part = contents.of(letter);
      for (Order order : part.map(ShardChange::orders).orElse(List.of())) {
        setAside = setAside.with(order);
      }
    }
    return new AuditedShard(
        key,
        row.getLong("seq"),
        ChainHash.of(row.getBytes("chain")),
        ShardRow.counts(row),
        row.getLong("held_by_orders") + setAside.held(),
        row.getLong("sold_by_orders") + setAside.sold(),
        row.getLong("buyers_over_limit"),
        letters.size());
  }
}
