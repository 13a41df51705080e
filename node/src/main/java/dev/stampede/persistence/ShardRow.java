package dev.stampede.persistence;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StoredShard;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code shards}: where a shard stands in the database.
 *
 * @param head its state, apart from orders
 * @param chain the hash of its newest change
 */
record ShardRow(ShardChange.Header head, ChainHash chain) {

  private static final String COLUMNS =
      "epoch, seq, chain, at, issued, available, held, sold, withdrawn, frozen, closed";

  /** Reads the row and keeps every other writer of the shard waiting until the transaction ends. */
  static Optional<ShardRow> lock(Connection connection, StockKey key) throws SQLException {
    return select(connection, key, " FOR UPDATE");
  }

  /** Reads the row as the transaction sees it. */
  static Optional<ShardRow> find(Connection connection, StockKey key) throws SQLException {
    return select(connection, key, "");
  }

  private static Optional<ShardRow> select(Connection connection, StockKey key, String lock)
      throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM shards WHERE sale = ? AND shard = ?" + lock;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.sale().value());
      statement.setInt(2, key.shard());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(read(key, rows)) : Optional.empty();
      }
    }
  }

  /** All shards of a sale as the transaction sees them, by number. */
  static List<StoredShard> stored(Connection connection, SaleId sale) throws SQLException {
    String sql = "SELECT shard, " + COLUMNS + " FROM shards WHERE sale = ? ORDER BY shard";
    List<StoredShard> shards = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sale.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          StockKey key = new StockKey(sale, rows.getInt("shard"));
          ShardRow row = read(key, rows);
          shards.add(new StoredShard(key, row.head.seq(), row.chain, row.head.counts()));
        }
      }
    }
    return shards;
  }

  private static ShardRow read(StockKey key, ResultSet row) throws SQLException {
    ShardChange.Header head =
        new ShardChange.Header(
            key,
            row.getInt("epoch"),
            row.getLong("seq"),
            row.getLong("at"),
            counts(row),
            row.getBoolean("frozen"),
            row.getBoolean("closed"));
    return new ShardRow(head, ChainHash.of(row.getBytes("chain")));
  }

  static ShardCounts counts(ResultSet row) throws SQLException {
    return new ShardCounts(
        row.getLong("issued"),
        row.getLong("available"),
        row.getLong("held"),
        row.getLong("sold"),
        row.getLong("withdrawn"));
  }

  /** The same state, in a new epoch. */
  ShardRow loadedAgain() {
    ShardChange.Header next = head.withEpoch(head.epoch() + 1);
    return new ShardRow(next, chain);
  }

  void insert(Connection connection) throws SQLException {
    write(
        connection,
        "INSERT INTO shards ("
            + COLUMNS
            + ", sale, shard)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void update(Connection connection) throws SQLException {
    write(
        connection,
        "UPDATE shards SET " + COLUMNS.replace(",", " = ?,") + " = ? WHERE sale = ? AND shard = ?");
  }

  private void write(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, head.epoch());
      statement.setLong(2, head.seq());
      statement.setBytes(3, chain.bytes());
      statement.setLong(4, head.at());
      statement.setLong(5, head.counts().issued());
      statement.setLong(6, head.counts().available());
      statement.setLong(7, head.counts().held());
      statement.setLong(8, head.counts().sold());
      statement.setLong(9, head.counts().withdrawn());
      statement.setBoolean(10, head.frozen());
      statement.setBoolean(11, head.closed());
      statement.setString(12, head.key().sale().value());
      statement.setInt(13, head.key().shard());
      statement.executeUpdate();
    }
  }
}
