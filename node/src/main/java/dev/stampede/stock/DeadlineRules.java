package dev.stampede.stock;

import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import java.util.Objects;

/** The rules of {@link ShardRules} by which orders end by themselves. */
final class DeadlineRules {

  private final StockShard shard;
  private final ShardDraft draft;

  DeadlineRules(StockShard shard, ShardDraft draft) {
    this.shard = shard;
    this.draft = draft;
  }

  Outcome expire(int most) {
    int room = most - shorten(most);
    int ended = 0;
    for (Order held : shard.deadlines()) {
      if (held.heldUntil() > draft.now()) {
        break;
      }
      if (!isStill(held)) {
        continue; // ended otherwise
      }
      if (ended == room) {
        return new Outcome.Expired(ended, true);
      }
      Order order = Objects.requireNonNull(draft.order(held.key()));
      draft.put(order.in(OrderState.EXPIRED, draft.seq()));
      ended++;
    }
    return new Outcome.Expired(ended, false);
  }

  /**
   * Puts deadlines right that are further ahead than orders are held: they were set by a clock that
   * ran ahead, before the shard's time was set back.
   *
   * @return how many, at most so many
   */
  private int shorten(int most) {
    long latest = draft.now() + shard.terms().holdTime().toMillis();
    int shortened = 0;
    for (Order held : shard.latestDeadlines()) {
      if (held.heldUntil() <= latest || shortened == most) {
        break;
      }
      if (isStill(held)) {
        draft.put(Objects.requireNonNull(draft.order(held.key())).heldUntil(latest, draft.seq()));
        shortened++;
      }
    }
    return shortened;
  }

  /** Whether an order still has the deadline that was noted of it. */
  private boolean isStill(Order noted) {
    Order order = draft.order(noted.key());
    return order != null && order.state().hasDeadline() && order.heldUntil() == noted.heldUntil();
  }
}
