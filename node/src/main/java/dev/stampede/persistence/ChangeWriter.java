package dev.stampede.persistence;

import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.stock.Adjustment;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Writes changes of one shard into its tables, within the caller's transaction.
 *
 * <p>A row that its table refuses for good (a trigger, a constraint, a column that it does not fit)
 * is set aside, and everything else is written. It is looked for by halves: one such row among 500
 * costs some twenty statements. What the ledger refuses cannot be set aside: the ledger is what
 * gives the row back.
 */
final class ChangeWriter {

  /** Rows per statement. */
  private static final int BATCH = 500;

  /** One name for all: a savepoint ends the one before, which nothing goes back to any more. */
  private static final String SAVEPOINT = "before_rows";

  private final Connection connection;
  private final StockKey key;
  private final SetAsideRows setAside;

  ChangeWriter(Connection connection, StockKey key) throws SQLException {
    this.connection = connection;
    this.key = key;
    this.setAside = new SetAsideRows(connection, key);
  }

  /**
   * Writes all of the changes, oldest first; an order that several touched is written once.
   *
   * @return what was set aside, each in one line that says why
   */
  List<String> write(List<ShardChange> changes) throws SQLException {
    List<String> refused = writeRows(changes);
    for (int from = 0; from < changes.size(); from += BATCH) {
      insert(LedgerRow.INSERT, LedgerRow::set, batch(changes, from));
    }
    return refused;
  }

  /** The same, of changes that the ledger has. */
  List<String> writeRows(List<ShardChange> changes) throws SQLException {
    // In the order of the primary key: neighbours lie in the same page.
    SortedMap<OrderKey, Order> newest = new TreeMap<>(OrderRow.BY_KEY);
    for (ShardChange change : changes) {
      change.orders().forEach(order -> newest.put(order.key(), order));
    }
    insertAll(ORDERS, List.copyOf(newest.values()));
    for (ShardChange change : changes) {
      insertAll(refunds(change.seq()), change.refunds());
      insertAll(adjustments(change.seq()), change.adjustments());
    }
    return setAside.refused();
  }

  /** Sets the parameters of one row, from the third on: sale and shard come first in each table. */
  private interface Setter<T> {
    void set(PreparedStatement row, T value) throws SQLException;
  }

  /** Where values of a kind go, and how they are named where the table refuses one. */
  private record Table<T>(
      LetterKind kind,
      String insert,
      Setter<T> setter,
      Function<T, String> name,
      ToLongFunction<T> seq) {}

  private static final Table<Order> ORDERS =
      new Table<>(LetterKind.ORDER, OrderRow.UPSERT, OrderRow::set, OrderRow::name, Order::seq);

  private static Table<Refund> refunds(long seq) {
    return new Table<>(
        LetterKind.REFUND,
        RefundRow.INSERT,
        (row, refund) -> RefundRow.set(row, refund, seq),
        RefundRow::name,
        _ -> seq);
  }

  private static Table<Adjustment> adjustments(long seq) {
    return new Table<>(
        LetterKind.ADJUSTMENT,
        AdjustmentRow.INSERT,
        (row, adjustment) -> AdjustmentRow.set(row, adjustment, seq),
        AdjustmentRow::name,
        _ -> seq);
  }

  private <T> void insertAll(Table<T> table, List<T> values) throws SQLException {
    for (int from = 0; from < values.size(); from += BATCH) {
      insertOrSetAside(table, batch(values, from));
    }
  }

  private static <T> List<T> batch(List<T> values, int from) {
    return values.subList(from, Math.min(from + BATCH, values.size()));
  }

  private <T> void insertOrSetAside(Table<T> table, List<T> values) throws SQLException {
    Savepoint before = connection.setSavepoint(SAVEPOINT);
    try {
      insert(table.insert(), table.setter(), values);
    } catch (SQLException e) {
      if (DatabaseException.isTransient(e)) {
        throw e;
      }
      connection.rollback(before);
      divide(table, values, e);
      return;
    }
    if (setAside.hasAny()) {
      setAside.close(table.kind(), values.stream().map(table.name()).toList());
    }
  }

  private <T> void divide(Table<T> table, List<T> values, SQLException refusal)
      throws SQLException {
    if (values.size() == 1) {
      T value = values.getFirst();
      String reason = DatabaseException.describe(refusal);
      setAside.keep(
          table.kind(), table.name().apply(value), table.seq().applyAsLong(value), reason);
    } else {
      int half = values.size() / 2;
      insertOrSetAside(table, values.subList(0, half));
      insertOrSetAside(table, values.subList(half, values.size()));
    }
  }

  private <T> void insert(String sql, Setter<T> setter, List<T> values) throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(sql)) {
      for (T value : values) {
        row.setString(1, key.sale().value());
        row.setInt(2, key.shard());
        setter.set(row, value);
        row.addBatch();
      }
      row.executeBatch();
    }
  }
}
