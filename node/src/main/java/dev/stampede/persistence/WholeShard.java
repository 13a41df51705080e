package dev.stampede.persistence;

import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.stock.Adjustment;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that belongs to one shard: what its tables have and, in the place of what they refused, what
 * the ledger says of it.
 */
record WholeShard(List<Order> orders, List<Refund> refunds, List<Adjustment> adjustments) {

  /** Reads it, within the caller's transaction, which has the shard's row locked. */
  static WholeShard read(Connection connection, StockKey key) throws SQLException {
    ShardReader reader = new ShardReader(connection, key);
    WholeShard whole = new WholeShard(reader.orders(), reader.refunds(), reader.adjustments());
    List<ShardChange> setAside =
        new LetterContents(connection)
            .read(LetterRow.setAside(connection, key)).stream().map(DeadLetter::change).toList();
    if (!setAside.isEmpty()) {
      whole.complete(setAside);
    }
    return whole;
  }

  private void complete(List<ShardChange> setAside) {
    Set<OrderKey> refused =
        setAside.stream()
            .flatMap(change -> change.orders().stream())
            .map(Order::key)
            .collect(Collectors.toSet());
    orders.removeIf(stale -> refused.contains(stale.key()));
    for (ShardChange change : setAside) {
      orders.addAll(change.orders());
      refunds.addAll(change.refunds());
      adjustments.addAll(change.adjustments());
    }
  }
}
