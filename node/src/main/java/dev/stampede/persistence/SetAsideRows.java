package dev.stampede.persistence;

import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one shard that its tables refuse for good: kept as dead letters while the shard goes
 * on. For one transaction, which has the shard's row locked.
 */
final class SetAsideRows {

  private static final String FIND =
      "SELECT 1 FROM dead_letter WHERE sale = ? AND shard = ? AND kind <> 'FORK' LIMIT 1";

  /** Seconds are good enough for people. */
  private static final String KEEP =
      "INSERT INTO dead_letter (sale, shard, kind, row_key, seq, reason, noted_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, UNIX_TIMESTAMP() * 1000)"
          + " ON DUPLICATE KEY UPDATE seq = VALUES(seq), reason = VALUES(reason)";

  private final Connection connection;
  private final StockKey key;
  private final boolean hasAny;
  private final List<String> refused = new ArrayList<>();

  SetAsideRows(Connection connection, StockKey key) throws SQLException {
    this.connection = connection;
    this.key = key;
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, key.sale().value());
      statement.setInt(2, key.shard());
      try (ResultSet rows = statement.executeQuery()) {
        hasAny = rows.next();
      }
    }
  }

  /** Whether there were some before, which could be closed. */
  boolean hasAny() {
    return hasAny;
  }

  /** Sets a row aside, in the place of an older state of it. */
  void keep(LetterKind kind, String rowKey, long seq, String reason) throws SQLException {
    try (PreparedStatement letter = connection.prepareStatement(KEEP)) {
      name(letter, kind);
      letter.setString(4, rowKey);
      letter.setLong(5, seq);
      letter.setString(6, LetterRow.fitting(reason));
      letter.executeUpdate();
    }
    refused.add(kind + " " + rowKey + " of change " + seq + ": " + reason);
  }

  /**
   * The table has these rows, one or more, in a newer state or in the same: they are set aside no
   * more.
   */
  void close(LetterKind kind, List<String> rowKeys) throws SQLException {
    String sql =
        "DELETE FROM dead_letter WHERE sale = ? AND shard = ? AND kind = ? AND row_key IN (?"
            + ", ?".repeat(rowKeys.size() - 1)
            + ")";
    try (PreparedStatement letters = connection.prepareStatement(sql)) {
      name(letters, kind);
      for (int i = 0; i < rowKeys.size(); i++) {
        letters.setString(4 + i, rowKeys.get(i));
      }
      letters.executeUpdate();
    }
  }

  private void name(PreparedStatement letter, LetterKind kind) throws SQLException {
    letter.setString(1, key.sale().value());
    letter.setInt(2, key.shard());
    letter.setString(3, kind.name());
  }

  /** What was set aside in this transaction, each in one line that says why. */
  List<String> refused() {
    return List.copyOf(refused);
  }
}
