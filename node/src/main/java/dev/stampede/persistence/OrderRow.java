package dev.stampede.persistence;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;

/** Between an {@link Order} and its row in {@code orders}. */
final class OrderRow {

  static final String COLUMNS =
      "order_key, buyer, quantity, state, created_at, held_until, payment, seq";

  static final String UPSERT =
      "INSERT INTO orders (sale, shard, "
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
          + " buyer = VALUES(buyer), quantity = VALUES(quantity), state = VALUES(state),"
          + " created_at = VALUES(created_at), held_until = VALUES(held_until),"
          + " payment = VALUES(payment), seq = VALUES(seq)";

  /** The order of the primary key within a shard: by bytes, not by sign. */
  static final Comparator<OrderKey> BY_KEY =
      Comparator.<OrderKey>comparingLong(key -> key.high() + Long.MIN_VALUE)
          .thenComparingLong(key -> key.low() + Long.MIN_VALUE);

  private OrderRow() {}

  static void set(PreparedStatement row, Order order) throws SQLException {
    row.setBytes(3, bytes(order.key()));
    row.setString(4, order.buyer().value());
    row.setInt(5, order.quantity());
    row.setString(6, order.state().name());
    row.setLong(7, order.createdAt());
    row.setLong(8, order.heldUntil());
    row.setString(9, order.payment().value());
    row.setLong(10, order.seq());
  }

  static Order read(ResultSet row) throws SQLException {
    return new Order(
        key(row.getBytes("order_key")),
        new BuyerId(row.getString("buyer")),
        row.getInt("quantity"),
        OrderState.valueOf(row.getString("state")),
        row.getLong("created_at"),
        row.getLong("held_until"),
        payment(row.getString("payment")),
        row.getLong("seq"));
  }

  /** Which row it is, for people and dead letters. */
  static String name(Order order) {
    return order.key().toString();
  }

  static byte[] bytes(OrderKey key) {
    return ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).array();
  }

  static OrderKey key(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new OrderKey(buffer.getLong(), buffer.getLong());
  }

  static PaymentId payment(String text) {
    return text.isEmpty() ? PaymentId.NONE : new PaymentId(text);
  }
}
