package dev.stampede.persistence;

import dev.stampede.order.PaymentId;
import dev.stampede.stock.Refund;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Between a {@link Refund} and its row in {@code refunds}. */
final class RefundRow {

  static final String INSERT =
      "INSERT INTO refunds (sale, shard, order_key, payment, reason, seq)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private RefundRow() {}

  static void set(PreparedStatement row, Refund refund, long seq) throws SQLException {
    row.setBytes(3, OrderRow.bytes(refund.order()));
    row.setString(4, refund.payment().value());
    row.setString(5, refund.reason().name());
    row.setLong(6, seq);
  }

  /** Which row it is, for people and dead letters. */
  static String name(Refund refund) {
    return refund.order() + " " + refund.payment();
  }

  static Refund read(ResultSet row) throws SQLException {
    return new Refund(
        OrderRow.key(row.getBytes("order_key")),
        new PaymentId(row.getString("payment")),
        Refund.Reason.valueOf(row.getString("reason")));
  }
}
