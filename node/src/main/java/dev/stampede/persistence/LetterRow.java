package dev.stampede.persistence;

import dev.stampede.sale.SaleId;
import dev.stampede.sale.UnicodeText;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChangeCodec;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code dead_letter}.
 *
 * @param id its name
 * @param kind what it keeps
 * @param shard whose
 * @param rowKey which row of the table, or the hash of a change that lost
 * @param seq the change
 * @param lost the whole change, where its history lost; of others the ledger has it
 * @param reason what the database said
 * @param notedAt since when, milliseconds since 1970
 */
record LetterRow(
    long id,
    LetterKind kind,
    StockKey shard,
    String rowKey,
    long seq,
    Optional<ShardChange> lost,
    String reason,
    long notedAt) {

  private static final int LONGEST_REASON = 500;

  private static final String SELECT =
      "SELECT id, kind, sale, shard, row_key, seq, base, chain, body, reason, noted_at"
          + " FROM dead_letter WHERE ";

  /** What fits into the column. */
  static String fitting(String reason) {
    return UnicodeText.first(reason, LONGEST_REASON);
  }

  /** The newest first. */
  static List<LetterRow> page(Connection connection, long before, int limit) throws SQLException {
    return select(connection, "id < ? ORDER BY id DESC LIMIT ?", before, limit);
  }

  static Optional<LetterRow> find(Connection connection, long id) throws SQLException {
    return select(connection, "id = ?", id).stream().findAny();
  }

  /** The rows of a shard that are set aside, by change. */
  static List<LetterRow> setAside(Connection connection, StockKey key) throws SQLException {
    return select(
        connection,
        "sale = ? AND shard = ? AND kind <> 'FORK' ORDER BY seq",
        key.sale().value(),
        key.shard());
  }

  /** The same of every shard. */
  static List<LetterRow> setAside(Connection connection) throws SQLException {
    return select(connection, "kind <> 'FORK' ORDER BY sale, shard, seq");
  }

  private static List<LetterRow> select(Connection connection, String where, Object... parameters)
      throws SQLException {
    List<LetterRow> letters = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          letters.add(read(rows));
        }
      }
    }
    return letters;
  }

  private static LetterRow read(ResultSet row) throws SQLException {
    LetterKind kind = LetterKind.valueOf(row.getString("kind"));
    return new LetterRow(
        row.getLong("id"),
        kind,
        new StockKey(new SaleId(row.getString("sale")), row.getInt("shard")),
        row.getString("row_key"),
        row.getLong("seq"),
        kind == LetterKind.FORK ? Optional.of(lost(row)) : Optional.empty(),
        row.getString("reason"),
        row.getLong("noted_at"));
  }

  private static ShardChange lost(ResultSet row) throws SQLException {
    return ChangeCodec.decode(
        ChainHash.of(row.getBytes("base")),
        ChainHash.of(row.getBytes("chain")),
        row.getBytes("body"));
  }
}
