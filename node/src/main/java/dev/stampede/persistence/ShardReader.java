package dev.stampede.persistence;

import dev.stampede.order.Order;
import dev.stampede.stock.Adjustment;
import dev.stampede.stock.Refund;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what belongs to one shard, within the caller's transaction, which has its row locked or
 * sees one instant only.
 */
final class ShardReader {

  /** Rows fetched at a time: a large shard shall not be in memory twice. */
  private static final int FETCH = 10_000;

  private final Connection connection;
  private final StockKey key;

  ShardReader(Connection connection, StockKey key) {
    this.connection = connection;
    this.key = key;
  }

  List<Order> orders() throws SQLException {
    return all("SELECT " + OrderRow.COLUMNS + " FROM orders", OrderRow::read);
  }

  List<Refund> refunds() throws SQLException {
    return all("SELECT order_key, payment, reason FROM refunds", RefundRow::read);
  }

  List<Adjustment> adjustments() throws SQLException {
    return all("SELECT id, kind, quantity FROM adjustments", AdjustmentRow::read);
  }

  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> all(String select, RowReader<T> reader) throws SQLException {
    List<T> values = new ArrayList<>();
    Optional<Void> _ =
        first(
            select,
            row -> {
              values.add(reader.read(row));
              return Optional.empty();
            });
    return values;
  }

  /** Reads rows until one gives an answer; never holds more than a part of them. */
  <T> Optional<T> first(String select, RowReader<Optional<T>> reader) throws SQLException {
    String sql = select + " WHERE sale = ? AND shard = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      statement.setString(1, key.sale().value());
      statement.setInt(2, key.shard());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Optional<T> answer = reader.read(rows);
          if (answer.isPresent()) {
            return answer;
          }
        }
      }
    }
    return Optional.empty();
  }
}
