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

/** The orders in the database, for reading. Any thread may ask; each call blocks. */
public final class OrderTable {

  private static final OrderKey LOWEST = new OrderKey(0, 0);

  private final Database database;

  /** The table in this database. */
  public OrderTable(Database database) {
    this.database = database;
  }

  /**
   * Some orders of a sale, in an order that never changes: new orders may come in anywhere, but
   * none is told twice or left out because of them.
   *
   * @param limit how many at most, 1 or more
   * @param after the id of the last order of the page before; empty for the first page
   * @throws IllegalArgumentException where {@code after} is no order id of this sale
   * @throws DatabaseException where the database does not answer
   */
  public List<StoredOrder> page(SaleId sale, int limit, Optional<String> after) {
    Optional<OrderId> last = after.map(text -> cursor(sale, text));
    return database.transaction(
        "reading orders of " + sale, connection -> page(connection, sale, limit, last));
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
      Connection connection, SaleId sale, int limit, Optional<OrderId> last) throws SQLException {
    String sql =
        "SELECT shard, order_key, buyer, quantity, state FROM orders"
            + " WHERE sale = ? AND (shard > ? OR (shard = ? AND order_key > ?))"
            + " ORDER BY sale, shard, order_key LIMIT ?";
    int shard = last.map(OrderId::shard).orElse(-1);
    List<StoredOrder> orders = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sale.value());
      statement.setInt(2, shard);
      statement.setInt(3, shard);
      statement.setBytes(4, OrderRow.bytes(last.map(OrderId::key).orElse(LOWEST)));
      statement.setInt(5, limit);
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
