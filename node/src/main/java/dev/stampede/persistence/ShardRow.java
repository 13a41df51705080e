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
 * @param provenEpoch the loading that was put to work last; 0 before the first
 * @param chain the hash of its newest change
 */
record ShardRow(ShardChange.Header head, int provenEpoch, ChainHash chain) {

  private static final String COLUMNS =
      "epoch, proven_epoch, seq, chain, at, issued, available, held, sold, withdrawn, frozen,"
          + " closed";

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
    return new ShardRow(head, row.getInt("proven_epoch"), ChainHash.of(row.getBytes("chain")));
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
    return new ShardRow(next, provenEpoch, chain);
  }

  void insert(Connection connection) throws SQLException {
    write(
        connection,
        "INSERT INTO shards ("
            + COLUMNS
            + ", sale, shard)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void update(Connection connection) throws SQLException {
    write(
        connection,
        "UPDATE shards SET " + COLUMNS.replace(",", " = ?,") + " = ? WHERE sale = ? AND shard = ?");
  }

  /** Whether this loading is the newest, and is noted now as the one that was put to work last. */
  static boolean prove(Connection connection, StockKey key, int loading) throws SQLException {
    String sql = "UPDATE shards SET proven_epoch = ? WHERE sale = ? AND shard = ? AND epoch = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, loading);
      statement.setString(2, key.sale().value());
      statement.setInt(3, key.shard());
      statement.setInt(4, loading);
      return statement.executeUpdate() == 1;
    }
  }

  private void write(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, head.epoch());
      statement.setInt(2, provenEpoch);
      statement.setLong(3, head.seq());
      statement.setBytes(4, chain.bytes());
      statement.setLong(5, head.at());
      statement.setLong(6, head.counts().issued());
      statement.setLong(7, head.counts().available());
      statement.setLong(8, head.counts().held());
      statement.setLong(9, head.counts().sold());
      statement.setLong(10, head.counts().withdrawn());
      statement.setBoolean(11, head.frozen());
      statement.setBoolean(12, head.closed());
      statement.setString(13, head.key().sale().value());
      statement.setInt(14, head.key().shard());
      statement.executeUpdate();
    }
  }
}
