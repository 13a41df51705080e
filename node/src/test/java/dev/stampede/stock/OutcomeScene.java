package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.CLOSES;
import static dev.stampede.stock.ShardFixture.HOLD;
import static dev.stampede.stock.ShardFixture.LIMIT;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.PAYMENT;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.key;
import static dev.stampede.stock.ShardFixture.reserve;

import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.sale.Reduction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A situation in which a shard may be asked: what there is of one order of one unit of {@link
 * ShardFixture#ANN}'s, and everything else that an answer may depend on.
 *
 * @param order what has become of the order, or empty where there is none of its key
 * @param sale where the sale stands
 * @param stock whether there is something for the buyer
 * @param reduction the sale's way of reduction
 */
record OutcomeScene(Optional<OrderState> order, Sale sale, Stock stock, Reduction reduction) {

  /** The order that the scene is about. */
  static final OrderKey ORDER = key(1);

  /** Past the deadline of the order, whatever the scene, and before that of the buyer's others. */
  static final long LATE = CLOSES + HOLD / 2;

  private static final long LAST_OPEN = CLOSES - 1;
  private static final ShardBounds ONE_OPEN = new ShardBounds(Integer.MAX_VALUE, 1);

  private static final ShardBounds FEWEST_ORDERS = new ShardBounds(Integer.MAX_VALUE, 1_000, LIMIT);

  enum Sale {
    SCHEDULED,
    OPEN,
    FROZEN,
    OVER,
    FROZEN_AND_OVER,
    CLOSED;

    private boolean isFrozen() {
      return this == FROZEN || this == FROZEN_AND_OVER;
    }

    private boolean isOver() {
      return this == OVER || this == FROZEN_AND_OVER;
    }

    @Override
    public String toString() {
      return words(this);
    }
  }

  enum Stock {
    UNITS_LEFT,
    NONE_LEFT,
    LIMIT_REACHED,
    CAP_REACHED,
    ORDERS_USED_UP;

    @Override
    public String toString() {
      return words(this);
    }
  }

  private static String words(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Every situation of an order in this state, or of a key without an order. */
  static List<OutcomeScene> of(Optional<OrderState> order) {
    return Arrays.stream(Sale.values())
        .flatMap(sale -> Arrays.stream(Stock.values()).flatMap(stock -> of(order, sale, stock)))
        .filter(OutcomeScene::isPossible)
        .toList();
  }

  private static Stream<OutcomeScene> of(Optional<OrderState> order, Sale sale, Stock stock) {
    return Arrays.stream(Reduction.values())
        .map(reduction -> new OutcomeScene(order, sale, stock, reduction));
  }

  /**
   * Nobody has anything of a sale that has not opened; not every reduction knows every state, or
   * orders that wait for their payment; a paid order and one that waits come to the limit.
   */
  private boolean isPossible() {
    boolean untouched = order.isEmpty() && (stock == Stock.UNITS_LEFT || stock == Stock.NONE_LEFT);
    boolean apart =
        stock != Stock.CAP_REACHED
            || (reduction != Reduction.AT_ORDER && !order.equals(Optional.of(OrderState.PAID)));
    return apart
        && (sale != Sale.SCHEDULED || untouched)
        && order.map(this::isReachable).orElse(true);
  }

  private boolean isReachable(OrderState state) {
    return switch (state) {
      case HELD -> reduction == Reduction.RESERVE;
      case AWAITING_PAYMENT -> reduction == Reduction.AT_PAYMENT;
      case PLACED -> reduction == Reduction.AT_ORDER;
      case EXPIRED -> reduction != Reduction.AT_ORDER;
      case PAID, CANCELLED -> true;
    };
  }

  /** The instant of the scene: before the order's deadline, where it still has one. */
  long now() {
    return sale.isOver() ? CLOSES : lastStep();
  }

  /** What the shard obeys once it is in this situation. */
  ShardBounds bounds() {
    return switch (stock) {
      case CAP_REACHED -> ONE_OPEN;
      case ORDERS_USED_UP -> FEWEST_ORDERS;
      case UNITS_LEFT, NONE_LEFT, LIMIT_REACHED -> ShardFixture.BOUNDS;
    };
  }

  /** A shard in this situation. */
  StockShard shard() {
    StockShard shard = ShardFixture.shard(10, reduction);
    order.ifPresent(state -> bring(shard, state));
    switch (stock) {
      case UNITS_LEFT -> {}
      case NONE_LEFT -> step(shard, new ShardCommand.Withdraw("all", free(shard)));
      case LIMIT_REACHED -> step(shard, reserve(2, ANN, LIMIT - shard.total(ANN).units()));
      case CAP_REACHED -> {
        if (shard.total(ANN).openOrders() == 0) {
          step(shard, reserve(2, ANN, 1));
        }
      }
      case ORDERS_USED_UP -> {
        for (int next = 2; shard.total(ANN).orders() < LIMIT; next++) {
          step(shard, reserve(next, ANN, 1));
          step(shard, new ShardCommand.Cancel(key(next), ANN));
        }
      }
    }
    if (sale.isFrozen()) {
      step(shard, new ShardCommand.Freeze(true));
    }
    if (sale == Sale.CLOSED) {
      step(shard, new ShardCommand.Close());
    }
    return shard;
  }

  private static void bring(StockShard shard, OrderState state) {
    long ordered = state == OrderState.EXPIRED ? LAST_OPEN - HOLD : LAST_OPEN - HOLD / 2;
    execute(shard, ordered, reserve(1, ANN, 1));
    switch (state) {
      case HELD, AWAITING_PAYMENT, PLACED -> {}
      case PAID -> execute(shard, ordered, new ShardCommand.Pay(ORDER, PAYMENT));
      case CANCELLED -> execute(shard, ordered, new ShardCommand.Cancel(ORDER, ANN));
      case EXPIRED -> execute(shard, LAST_OPEN, new ShardCommand.Expire(1));
    }
  }

  private void step(StockShard shard, ShardCommand command) {
    execute(shard, lastStep(), command);
  }

  private long lastStep() {
    return sale == Sale.SCHEDULED ? OPENS - 1 : LAST_OPEN;
  }

  static long free(StockShard shard) {
    return shard.head().counts().available();
  }
}
