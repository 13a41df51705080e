package dev.stampede.simulation;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.Optional;

/** Reserves, then pays, gives up, asks again or forgets about it; and begins anew. */
final class Buyer extends Caller {

  private final int number;
  private final BuyerId id;
  private int purchase;
  private Optional<OrderKey> order = Optional.empty();

  Buyer(World world, Cluster cluster, int number) {
    super(world, cluster);
    this.number = number;
    this.id = new BuyerId("buyer-" + number);
  }

  @Override
  ShardCommand next() {
    int drawn = world.scheduler().draw(20);
    if (order.isEmpty() || drawn < 3) {
      purchase++;
      return reserve();
    }
    if (drawn < 6) {
      return reserve();
    }
    return drawn < 9
        ? new ShardCommand.Cancel(order.get(), id)
        : pay(order.get(), new PaymentId("pay-" + purchase + "-" + drawn / 19));
  }

  private ShardCommand reserve() {
    return new ShardCommand.Reserve(key(), id, quantity());
  }

  /** Mostly with what is paid for, so that it counts for an order that was lost as well. */
  private ShardCommand pay(OrderKey paid, PaymentId payment) {
    return world.scheduler().chance(80)
        ? new ShardCommand.Pay(paid, payment, Optional.of(new ShardCommand.Claim(id, quantity())))
        : new ShardCommand.Pay(paid, payment);
  }

  private int quantity() {
    return 1 + purchase % 2;
  }

  private OrderKey key() {
    long high = 1_000L * number + purchase;
    return world.has(Mechanism.ORDER_KEYS_ARE_COMPUTED)
        ? new OrderKey(high, ~high)
        : new OrderKey(high, world.scheduler().draw(0, Long.MAX_VALUE));
  }

  @Override
  ShardCommand again(ShardCommand asked) {
    return asked instanceof ShardCommand.Reserve ? reserve() : asked;
  }

  @Override
  void told(ShardCommand asked, Outcome outcome) {
    if (asked instanceof ShardCommand.Reserve reserve) {
      order = Optional.empty();
      if (outcome instanceof Outcome.Reserved reserved) {
        order = Optional.of(reserved.order().key());
        world.promises().named(id + " purchase " + purchase, reserved.order().key());
      } else if (outcome instanceof Outcome.Unanswered) {
        world.promises().undone(reserve.order());
        purchase++;
      }
    } else if (asked instanceof ShardCommand.Pay pay) {
      world.promises().paid(pay, outcome);
    }
  }

  @Override
  public String toString() {
    return id.value();
  }
}
