package dev.stampede.persistence;

import dev.stampede.stock.Adjustment;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Between an {@link Adjustment} and its row in {@code adjustments}. */
final class AdjustmentRow {

  static final String INSERT =
      "INSERT INTO adjustments (sale, shard, id, kind, quantity, seq) VALUES (?, ?, ?, ?, ?, ?)";

  private AdjustmentRow() {}

  static void set(PreparedStatement row, Adjustment adjustment, long seq) throws SQLException {
    row.setString(3, adjustment.id());
    row.setString(4, adjustment.kind().name());
    row.setLong(5, adjustment.quantity());
    row.setLong(6, seq);
  }

  /** Which row it is, for people and dead letters. */
  static String name(Adjustment adjustment) {
    return adjustment.id();
  }

  static Adjustment read(ResultSet row) throws SQLException {
    return new Adjustment(
        row.getString("id"),
        Adjustment.Kind.valueOf(row.getString("kind")),
        row.getLong("quantity"));
  }
}
