package dev.stampede.persistence;

import dev.stampede.stock.ChainHash;
import dev.stampede.stock.LedgerEntry;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between a {@link ShardChange} and its row in {@code ledger}. */
final class LedgerRow {

  static final String INSERT =
      "INSERT INTO ledger (sale, shard, seq, epoch, at, chain, body) VALUES (?, ?, ?, ?, ?, ?, ?)";

  private LedgerRow() {}

  static void set(PreparedStatement row, ShardChange change) throws SQLException {
    row.setLong(3, change.seq());
    row.setInt(4, change.header().epoch());
    row.setLong(5, change.header().at());
    row.setBytes(6, change.chain().bytes());
    row.setBytes(7, change.body());
  }

  private static LedgerEntry read(ResultSet row) throws SQLException {
    return new LedgerEntry(
        row.getLong("seq"),
        row.getInt("epoch"),
        row.getLong("at"),
        ChainHash.of(row.getBytes("chain")),
        row.getBytes("body"));
  }

  /**
   * Some changes of a shard, by number.
   *
   * @param after the number before the first of them
   * @param limit how many at most
   */
  static List<LedgerEntry> page(Connection connection, StockKey key, long after, int limit)
      throws SQLException {
    String sql =
        "SELECT seq, epoch, at, chain, body FROM ledger"
            + " WHERE sale = ? AND shard = ? AND seq > ? ORDER BY seq LIMIT ?";
    List<LedgerEntry> page = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.sale().value());
      statement.setInt(2, key.shard());
      statement.setLong(3, after);
      statement.setInt(4, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          page.add(read(rows));
        }
      }
    }
    return page;
  }

  /** The hash of a change as it was stored, or empty where there is none of that number. */
  static Optional<ChainHash> chain(Connection connection, StockKey key, long seq)
      throws SQLException {
    String sql = "SELECT chain FROM ledger WHERE sale = ? AND shard = ? AND seq = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.sale().value());
      statement.setInt(2, key.shard());
      statement.setLong(3, seq);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(ChainHash.of(rows.getBytes(1))) : Optional.empty();
      }
    }
  }
}
