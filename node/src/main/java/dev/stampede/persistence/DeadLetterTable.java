package dev.stampede.persistence;

import dev.stampede.stock.ShardChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What could not be stored, for people to look at. Any thread may ask; calls block. */
public final class DeadLetterTable {

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
   * Keeps changes of a history that lost; those that are there already stay as they are.
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
        "INSERT IGNORE INTO dead_letter"
            + " (sale, shard, kind, row_key, seq, base, chain, body, reason, noted_at)"
            + " VALUES (?, ?, 'FORK', ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (ShardChange change : changes) {
        row.setString(1, change.key().sale().value());
        row.setInt(2, change.key().shard());
        row.setString(3, change.chain().toString());
        row.setLong(4, change.seq());
        row.setBytes(5, change.base().bytes());
        row.setBytes(6, change.chain().bytes());
        row.setBytes(7, change.body());
        row.setString(8, LetterRow.fitting(reason));
        row.setLong(9, clock.millis());
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
    return page(Long.MAX_VALUE, limit);
  }

  /**
   * Those before a letter, the newest first.
   *
   * @param before the id of that letter
   * @param limit how many at most, 1 or more
   * @throws DatabaseException where the database does not answer
   */
  public List<DeadLetter> page(long before, int limit) {
    return database.transaction(
        "reading dead letters",
        connection ->
            new LetterContents(connection).read(LetterRow.page(connection, before, limit)));
  }

  /**
   * Writes a refused row once more, as the ledger has it. Repeating it does no harm: a letter is of
   * the newest state of its row, and goes with it.
   *
   * @throws DatabaseException where the database does not answer: repeat the call
   */
  public RetryResult retry(long id) {
    return database.transaction("retrying dead letter " + id, connection -> retry(connection, id));
  }

  private static RetryResult retry(Connection connection, long id) throws SQLException {
    Optional<LetterRow> found = LetterRow.find(connection, id);
    if (found.isEmpty()) {
      return new RetryResult.Unknown();
    }
    if (found.get().kind() == LetterKind.FORK) {
      return new RetryResult.Lost();
    }
    var _ = ShardRow.lock(connection, found.get().shard());
    List<LetterRow> locked = LetterRow.find(connection, id).stream().toList();
    if (locked.isEmpty()) {
      return new RetryResult.Stored(); // meanwhile, by a newer state or by somebody else
    }
    ShardChange row = new LetterContents(connection).read(locked).getFirst().change();
    List<String> refused = new ChangeWriter(connection, row.key()).writeRows(List.of(row));
    return refused.isEmpty()
        ? new RetryResult.Stored()
        : new RetryResult.Refused(refused.getFirst());
  }
}
