package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.Order;
import dev.stampede.stock.Adjustment;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChangeCodec;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All that the database has of one shard, read without touching it. */
record StoredPicture(
    ShardRow row,
    Set<Order> orders,
    Set<Refund> refunds,
    Set<Adjustment> adjustments,
    List<ShardChange> ledger) {

  static StoredPicture of(StockKey key) {
    return TestTables.shared().transaction("reading " + key, connection -> read(connection, key));
  }

  private static StoredPicture read(Connection connection, StockKey key) throws SQLException {
    ShardReader reader = new ShardReader(connection, key);
    return new StoredPicture(
        ShardRow.lock(connection, key).orElseThrow(),
        Set.copyOf(reader.orders()),
        Set.copyOf(reader.refunds()),
        Set.copyOf(reader.adjustments()),
        ledger(connection, key));
  }

  private static List<ShardChange> ledger(Connection connection, StockKey key) throws SQLException {
    String sql = "SELECT chain, body FROM ledger WHERE sale = ? AND shard = ? ORDER BY seq";
    List<ShardChange> changes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.sale().value());
      statement.setInt(2, key.shard());
      ChainHash base = ChainHash.GENESIS;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ChainHash chain = ChainHash.of(rows.getBytes("chain"));
          changes.add(ChangeCodec.decode(base, chain, rows.getBytes("body")));
          base = chain;
        }
      }
    }
    return changes;
  }

  /** That the database has exactly this state. Its epoch may be newer. */
  void assertIs(ShardSnapshot expected) {
    assertThat(row.head().seq()).isEqualTo(expected.head().seq());
    assertThat(row.chain()).isEqualTo(expected.chain());
    assertThat(row.head().at()).isEqualTo(expected.head().at());
    assertThat(row.head().counts()).isEqualTo(expected.head().counts());
    assertThat(row.head().frozen()).isEqualTo(expected.head().frozen());
    assertThat(row.head().closed()).isEqualTo(expected.head().closed());
    assertThat(orders).isEqualTo(Set.copyOf(expected.orders()));
    assertThat(refunds).isEqualTo(Set.copyOf(expected.refunds()));
    assertThat(adjustments).isEqualTo(Set.copyOf(expected.adjustments()));
    assertThat(ledger).hasSize((int) expected.head().seq()).allMatch(ShardChange::isGenuine);
  }
}
