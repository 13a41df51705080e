package dev.stampede.persistence;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.sale.SaleId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The orders in the database, for reading. Any thread may ask; each call blocks. */
public final class OrderTable {

  private static final OrderKey LOWEST = new OrderKey(0, 0);

  private final Database database;

  /** The table in this database. */
  public OrderTable(Database database) {
    this.database = database;
  }

  /**
   * Which orders to read.
   *
   * @param shard only those of this shard; empty for all
   * @param since only those that a later change of their shard than this one touched; 0 for all
   * @param limit how many at most, 1 or more
   * @param after the id of the last order of the page before; empty for the first page
   */
  public record Query(OptionalInt shard, long since, int limit, Optional<String> after) {}

  /**
   * Some orders of a sale, in an order that never changes: new orders may come in anywhere, but
   * none is told twice or left out because of them. With them, all shards of the sale at the same
   * instant, so that a reader of several pages knows what may have changed in between. A query with
   * {@code since} looks at every order of its shard.
   *
   * @throws IllegalArgumentException where {@code after} is no order id of this sale
   * @throws DatabaseException where the database does not answer
   */
  public StoredPage page(SaleId sale, Query query) {
    Optional<OrderId> last = query.after().map(text -> cursor(sale, text));
    return database.transaction(
        "reading orders of " + sale,
        connection -> {
          // One view of both tables; the pool sets both back.
          connection.setNetworkTimeout(Runnable::run, AuditTable.PATIENCE_MILLIS);
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          return new StoredPage(
              page(connection, sale, query, last), ShardRow.stored(connection, sale));
        });
  }

  /**
   * How many there are of all sales. Reads the smallest index whole: a second for some millions.
   *
   * @throws DatabaseException where the database does not answer
   */
  public long count() {
    return database.transaction("counting orders", OrderTable::count);
  }

  private static long count(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, AuditTable.PATIENCE_MILLIS);
    try (PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM orders");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static OrderId cursor(SaleId sale, String text) {
    return OrderId.parse(text)
        .filter(id -> id.sale().equals(sale))
        .orElseThrow(() -> new IllegalArgumentException("not an order of " + sale + ": " + text));
  }

  private static List<StoredOrder> page(
      Connection connection, SaleId sale, Query query, Optional<OrderId> last) throws SQLException {
    String sql =
        "SELECT shard, order_key, buyer, quantity, state FROM orders"
            + " WHERE sale = ? AND (shard > ? OR (shard = ? AND order_key > ?))"
            + (query.shard().isPresent() ? " AND shard = ?" : "")
            + (query.since() > 0 ? " AND seq > ?" : "")
            + " ORDER BY sale, shard, order_key LIMIT ?";
    int shard = last.map(OrderId::shard).orElse(-1);
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                sale.value(), shard, shard, OrderRow.bytes(last.map(OrderId::key).orElse(LOWEST))));
    query.shard().ifPresent(parameters::add);
    if (query.since() > 0) {
      parameters.add(query.since());
    }
    parameters.add(query.limit());
    List<StoredOrder> orders = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          orders.add(read(sale, rows));
        }
      }
    }
    return orders;
  }

  private static StoredOrder read(SaleId sale, ResultSet row) throws SQLException {
    return new StoredOrder(
        new OrderId(sale, row.getInt("shard"), OrderRow.key(row.getBytes("order_key"))),
        new BuyerId(row.getString("buyer")),
        row.getInt("quantity"),
        OrderState.valueOf(row.getString("state")));
  }
}
