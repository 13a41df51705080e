package dev.stampede.persistence;

import dev.stampede.order.OrderState;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the orders of one shard add up to. They are read row by row, in one sweep through the
 * primary key: MariaDB takes minutes to group three million rows by buyer, and says nothing
 * meanwhile, whereas the rows of a sweep keep coming.
 *
 * @param held units of held orders
 * @param sold units of placed and paid orders
 * @param buyersOverLimit buyers whose live orders have more units than the limit
 */
record OrderSums(long held, long sold, long buyersOverLimit) {

  private static final String SELECT = "SELECT buyer, quantity, state, order_key FROM orders";

  /** Takes the orders of a sweep one by one. */
  private interface Sweep {
    void order(String buyer, int quantity, OrderState state);
  }

  /**
   * Adds up, within the caller's transaction.
   *
   * @param refused names of rows that are old, as {@link OrderRow#name} has them: they are left out
   * @param limit the units that one buyer may have
   */
  static OrderSums of(Connection connection, StockKey key, Set<String> refused, long limit)
      throws SQLException {
    Counting counting = new Counting();
    sweep(connection, key, refused, counting);
    // Rarely a second time: only if a total is above the limit, or two buyers share a hash.
    long over =
        counting.totals.areAtMost(limit)
            ? 0
            : buyersOver(connection, key, refused, limit, counting.totals);
    return new OrderSums(counting.held, counting.sold, over);
  }

  private static long buyersOver(
      Connection connection, StockKey key, Set<String> refused, long limit, HashedTotals totals)
      throws SQLException {
    Map<String, Long> units = new HashMap<>();
    sweep(
        connection,
        key,
        refused,
        (buyer, quantity, state) -> {
          if (state.isLive() && totals.atMost(buyer) > limit) {
            long _ = units.merge(buyer, (long) quantity, Long::sum);
          }
        });
    return units.values().stream().filter(total -> total > limit).count();
  }

  private static void sweep(Connection connection, StockKey key, Set<String> refused, Sweep sweep)
      throws SQLException {
    Optional<Void> _ =
        new ShardReader(connection, key)
            .first(
                SELECT,
                row -> {
                  if (refused.isEmpty() || !refused.contains(name(row))) {
                    sweep.order(
                        row.getString(1), row.getInt(2), OrderState.valueOf(row.getString(3)));
                  }
                  return Optional.empty();
                });
  }

  private static String name(ResultSet row) throws SQLException {
    return OrderRow.key(row.getBytes(4)).toString();
  }

  /** The sums while they grow. */
  private static final class Counting implements Sweep {
    private final HashedTotals totals = new HashedTotals();
    private long held;
    private long sold;

    @Override
    public void order(String buyer, int quantity, OrderState state) {
      switch (state) {
        case HELD -> held += quantity;
        case PLACED, PAID -> sold += quantity;
        case AWAITING_PAYMENT, CANCELLED, EXPIRED -> {}
      }
      if (state.isLive()) {
        totals.add(buyer, quantity);
      }
    }
  }
}
