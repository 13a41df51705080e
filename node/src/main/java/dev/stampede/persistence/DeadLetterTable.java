package dev.stampede.persistence;

import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChangeCodec;
import dev.stampede.stock.ShardChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Changes that can never be stored, for people to look at. Any thread may ask; calls block. */
public final class DeadLetterTable {

  private static final int LONGEST_REASON = 500;

  private final Database database;
  private final Clock clock;

  /**
   * The table in this database.
   *
   * @param clock says when something got there
   */
  public DeadLetterTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps changes; those that are there already stay as they are.
   *
   * @param reason cut to 500 characters
   * @throws DatabaseException where the database does not answer: repeat the call
   */
  public void keep(List<ShardChange> changes, String reason) {
    var _ = database.transaction("keeping what lost", it -> insert(it, changes, reason));
  }

  private int insert(Connection connection, List<ShardChange> changes, String reason)
      throws SQLException {
    String sql =
        "INSERT IGNORE INTO dead_letter (sale, shard, seq, base, chain, body, reason, noted_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    String line = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (ShardChange change : changes) {
        row.setString(1, change.key().sale().value());
        row.setInt(2, change.key().shard());
        row.setLong(3, change.seq());
        row.setBytes(4, change.base().bytes());
        row.setBytes(5, change.chain().bytes());
        row.setBytes(6, change.body());
        row.setString(7, line);
        row.setLong(8, clock.millis());
        row.addBatch();
      }
      return row.executeBatch().length;
    }
  }

  /**
   * The newest ones first.
   *
   * @param limit how many at most, 1 or more
   * @throws DatabaseException where the database does not answer
   */
  public List<DeadLetter> newest(int limit) {
    return database.transaction("reading dead letters", connection -> newest(connection, limit));
  }

  private static List<DeadLetter> newest(Connection connection, int limit) throws SQLException {
    String sql =
        "SELECT base, chain, body, reason, noted_at FROM dead_letter"
            + " ORDER BY noted_at DESC, sale, shard, seq LIMIT ?";
    List<DeadLetter> letters = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          letters.add(read(rows));
        }
      }
    }
    return letters;
  }

  private static DeadLetter read(ResultSet row) throws SQLException {
    ShardChange change =
        ChangeCodec.decode(
            ChainHash.of(row.getBytes("base")),
            ChainHash.of(row.getBytes("chain")),
            row.getBytes("body"));
    return new DeadLetter(change, row.getString("reason"), row.getLong("noted_at"));
  }
}
