package dev.stampede.load.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One sale's stock and orders. Every method takes the one lock. */
public final class FakeStock {
  private static final int MANY = 10;

  private final String sale;
  private final int issued;
  private final int limit;
  private final Duration hold;
  private final Set<Fault> faults;
  private final Map<String, FakeOrder> orders = new LinkedHashMap<>();
  private int available;
  private int sequence;

  public FakeStock(String sale, int issued, int limit, Duration hold, Set<Fault> faults) {
    this.sale = sale;
    this.issued = issued;
    this.limit = limit;
    this.hold = hold;
    this.faults = faults;
    this.available = issued + (faults.contains(Fault.OVERSELLS) ? 1 : 0);
  }

  /** An order, or the code of the refusal. */
  record Bought(@Nullable FakeOrder order, String refusal, boolean replayed) {}

  synchronized Bought buy(String buyer, String key, int quantity) {
    expire();
    String id = id(buyer, key);
    FakeOrder known = orders.get(id);
    if (known != null) {
      return new Bought(known, "", true);
    }
    if (!faults.contains(Fault.IGNORES_LIMIT) && live(buyer) + quantity > limit) {
      return new Bought(null, "limit-reached", false);
    }
    if (faults.contains(Fault.CAPS_UNPAID) && live(buyer) > 0) {
      return new Bought(null, "too-many-open-orders", false);
    }
    if (available < quantity) {
      return new Bought(null, "sold-out", false);
    }
    FakeOrder order = take(id, buyer, quantity);
    if (faults.contains(Fault.SELLS_IN_SECRET) && sequence % MANY == 0) {
      take(id + "ff", buyer + "0", quantity);
    }
    return new Bought(order, "", false);
  }

  private FakeOrder take(String id, String buyer, int quantity) {
    available -= quantity;
    sequence++;
    Instant now = Instant.now();
    FakeOrder order = new FakeOrder(id, sale, buyer, quantity, "HELD", now, now.plus(hold));
    orders.put(id, order);
    return order;
  }

  private String id(String buyer, String key) {
    int salt = faults.contains(Fault.FORGETS_KEYS) ? sequence : 0;
    return "%s.0.%08x%08x%x".formatted(sale, buyer.hashCode(), key.hashCode(), salt);
  }

  private int live(String buyer) {
    return orders.values().stream()
        .filter(order -> order.buyer().equals(buyer) && order.isLive())
        .mapToInt(FakeOrder::quantity)
        .sum();
  }

  private void expire() {
    Instant now = Instant.now();
    orders.replaceAll((_, order) -> isDue(order, now) ? release(order, "EXPIRED") : order);
  }

  private static boolean isDue(FakeOrder order, Instant now) {
    return order.state().equals("HELD") && order.until().isBefore(now);
  }

  private FakeOrder release(FakeOrder order, String state) {
    available += order.quantity();
    return order.in(state);
  }

  synchronized @Nullable FakeOrder order(String id) {
    expire();
    return orders.get(id);
  }

  /** The order and what became of the payment; null if there is no such order. */
  synchronized @Nullable Map<String, Object> pay(String id) {
    expire();
    FakeOrder order = orders.get(id);
    if (order == null) {
      return null;
    }
    if (!order.isLive()) {
      return Map.of("order", order.json(), "outcome", "refunded", "reason", "sold-out");
    }
    FakeOrder paid = order.in("PAID");
    if (!faults.contains(Fault.FORGETS_PAYMENTS)) {
      orders.put(id, paid);
    }
    return Map.of("order", paid.json(), "outcome", "paid");
  }

  /** The order; its state tells whether it is cancelled. */
  synchronized @Nullable FakeOrder cancel(String id) {
    expire();
    FakeOrder order = orders.get(id);
    if (order != null && order.state().equals("HELD")) {
      orders.put(id, release(order, "CANCELLED"));
    }
    return orders.get(id);
  }

  synchronized List<Map<String, Object>> rows() {
    expire();
    return orders.values().stream()
        .skip(faults.contains(Fault.LOSES_AN_ORDER) ? 1 : 0)
        .map(FakeOrder::row)
        .toList();
  }

  synchronized int available() {
    expire();
    return available;
  }

  synchronized Map<String, Object> audit() {
    expire();
    // A shop that oversells does not know it: it shows figures that add up.
    Map<String, Object> figures =
        Map.of(
            "issued",
            issued,
            "sold",
            units("PAID"),
            "held",
            units("HELD"),
            "available",
            issued - units("PAID") - units("HELD"),
            "withdrawn",
            0);
    return Map.of(
        "sale", sale, "balanced", true, "buyersOverLimit", 0, "grid", figures, "database", figures);
  }

  private int units(String state) {
    int units =
        orders.values().stream()
            .filter(order -> order.state().equals(state))
            .mapToInt(FakeOrder::quantity)
            .sum();
    return state.equals("PAID") && units > issued ? issued : units;
  }

  Map<String, Object> sale() {
    return Map.of("id", sale, "title", sale, "quantity", issued, "limitPerBuyer", limit);
  }

  String id() {
    return sale;
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }
}
