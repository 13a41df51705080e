package dev.stampede.stock;

import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The payments that a shard decided to return. For one thread. */
final class Refunds {

  private final Map<Key, Refund> refunds = new HashMap<>();

  /** Tells one payment for one order from all others. */
  private record Key(OrderKey order, PaymentId payment) {}

  void enter(Refund refund) {
    refunds.put(new Key(refund.order(), refund.payment()), refund);
  }

  Optional<Refund> find(OrderKey order, PaymentId payment) {
    return Optional.ofNullable(refunds.get(new Key(order, payment)));
  }

  List<Refund> all() {
    return List.copyOf(refunds.values());
  }
}
