package dev.stampede.stock;

import dev.stampede.order.Order;

/**
 * Where the units of a shard are. Every unit is in exactly one place: {@code issued = available +
 * held + sold + withdrawn}.
 *
 * @param issued all units that were ever put on sale
 * @param available units that can be bought now
 * @param held units set aside for unpaid orders
 * @param sold units of placed and paid orders
 * @param withdrawn units taken off the sale
 */
public record ShardCounts(long issued, long available, long held, long sold, long withdrawn) {

  /** No units at all. */
  public static final ShardCounts NONE = new ShardCounts(0, 0, 0, 0, 0);

  /** The counts of a shard that was just issued so many units. */
  public static ShardCounts issued(long units) {
    return new ShardCounts(units, units, 0, 0, 0);
  }

  /** Whether every unit is in exactly one place, and none less than nowhere. */
  public boolean balanced() {
    return issued == available + held + sold + withdrawn
        && available >= 0
        && held >= 0
        && sold >= 0
        && withdrawn >= 0;
  }

  /** The units that an order keeps from being available. */
  static int taken(Order order) {
    return order.state().holdsUnits() || order.state().sellsUnits() ? order.quantity() : 0;
  }

  /** With an order entered. */
  public ShardCounts with(Order order) {
    return shift(order, 1);
  }

  /** With an order taken out again. */
  ShardCounts without(Order order) {
    return shift(order, -1);
  }

  private ShardCounts shift(Order order, int sign) {
    int held = order.state().holdsUnits() ? sign * order.quantity() : 0;
    int sold = order.state().sellsUnits() ? sign * order.quantity() : 0;
    return held == 0 && sold == 0
        ? this
        : new ShardCounts(
            issued, available - held - sold, this.held + held, this.sold + sold, withdrawn);
  }

  /** With an adjustment carried out. */
  ShardCounts with(Adjustment adjustment) {
    long units = adjustment.quantity();
    return switch (adjustment.kind()) {
      case RESTOCK -> new ShardCounts(issued + units, available + units, held, sold, withdrawn);
      case REOPEN -> this;
      case WITHDRAW -> new ShardCounts(issued, available - units, held, sold, withdrawn + units);
    };
  }

  /** The sums of two shards. */
  public ShardCounts plus(ShardCounts other) {
    return new ShardCounts(
        issued + other.issued,
        available + other.available,
        held + other.held,
        sold + other.sold,
        withdrawn + other.withdrawn);
  }
}
