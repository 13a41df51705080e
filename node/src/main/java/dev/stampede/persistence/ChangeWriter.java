package dev.stampede.persistence;

import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes changes of one shard into its tables, within the caller's transaction. */
final class ChangeWriter {

  /** Rows per statement. */
  private static final int BATCH = 500;

  private final Connection connection;
  private final StockKey key;

  ChangeWriter(Connection connection, StockKey key) {
    this.connection = connection;
    this.key = key;
  }

  /** Writes all of the changes, oldest first; an order that several touched is written once. */
  void write(List<ShardChange> changes) throws SQLException {
    // In the order of the primary key: neighbours lie in the same page.
    SortedMap<OrderKey, Order> newest = new TreeMap<>(OrderRow.BY_KEY);
    for (ShardChange change : changes) {
      change.orders().forEach(order -> newest.put(order.key(), order));
    }
    insert(OrderRow.UPSERT, newest.values(), OrderRow::set);
    for (ShardChange change : changes) {
      insert(
          RefundRow.INSERT,
          change.refunds(),
          (row, refund) -> RefundRow.set(row, refund, change.seq()));
      insert(
          AdjustmentRow.INSERT,
          change.adjustments(),
          (row, adjustment) -> AdjustmentRow.set(row, adjustment, change.seq()));
    }
    insert(LedgerRow.INSERT, changes, LedgerRow::set);
  }

  /** Sets the parameters of one row, from the third on: sale and shard come first in each table. */
  private interface Setter<T> {
    void set(PreparedStatement row, T value) throws SQLException;
  }

  private <T> void insert(String sql, Collection<T> values, Setter<T> setter) throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (T value : values) {
        row.setString(1, key.sale().value());
        row.setInt(2, key.shard());
        setter.set(row, value);
        row.addBatch();
        waiting++;
        if (waiting == BATCH) {
          row.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        row.executeBatch();
      }
    }
  }
}
