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
  private static final long PRICE = 990;

  private final String sale;
  private final int issued;
  private final int limit;
  private final Duration hold;
  private final Set<Fault> faults;
  private final Map<String, FakeOrder> orders = new LinkedHashMap<>();
  private final FakeDatabase database;
  private int available;
  private int stranger;
  private int sequence;

  public FakeStock(String sale, int issued, int limit, Duration hold, Set<Fault> faults) {
    this.sale = sale;
    this.issued = issued;
    this.limit = limit;
    this.hold = hold;
    this.faults = faults;
    this.available = issued + (faults.contains(Fault.OVERSELLS) ? 1 : 0);
    this.database = new FakeDatabase(faults, figures());
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
    put(order);
    return order;
  }

  private void put(FakeOrder order) {
    orders.put(order.id(), order);
    database.change(order, figures());
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
    List<FakeOrder> due = orders.values().stream().filter(order -> isDue(order, now)).toList();
    due.forEach(order -> release(order, "EXPIRED"));
  }

  private static boolean isDue(FakeOrder order, Instant now) {
    return order.state().equals("HELD") && order.until().isBefore(now);
  }

  private void release(FakeOrder order, String state) {
    available += order.quantity();
    put(order.in(state));
  }

  /** What goes on whether the run's buyers come or not. */
  synchronized void move() {
    expire();
    if (faults.contains(Fault.NEVER_RESTS)) {
      String last = "stranger-" + stranger;
      orders.values().stream()
          .filter(order -> order.buyer().equals(last) && order.state().equals("HELD"))
          .toList()
          .forEach(order -> release(order, "CANCELLED"));
      stranger++;
      if (available > 0) {
        take("%s.0.%032x".formatted(sale, stranger), "stranger-" + stranger, 1);
      }
    }
  }

  synchronized @Nullable FakeOrder order(String id) {
    expire();
    return orders.get(id);
  }

  /** The order and what became of the payment; null if there is no such order. */
  synchronized @Nullable Map<String, Object> pay(String id, long amount) {
    expire();
    FakeOrder order = orders.get(id);
    if (order == null) {
      return null;
    }
    if (amount != order.quantity() * PRICE + (has(Fault.MISPRICES) ? 1 : 0)) {
      return Map.of("order", order.json(), "outcome", "refunded", "reason", "amount-differs");
    }
    if (!order.isLive()) {
      return Map.of("order", order.json(), "outcome", "refunded", "reason", "sold-out");
    }
    FakeOrder paid = order.in("PAID");
    if (!faults.contains(Fault.FORGETS_PAYMENTS)) {
      put(paid);
    }
    return Map.of("order", paid.json(), "outcome", "paid");
  }

  /** The order; its state tells whether it is cancelled. */
  synchronized @Nullable FakeOrder cancel(String id) {
    expire();
    FakeOrder order = orders.get(id);
    if (order != null && order.state().equals("HELD")) {
      release(order, "CANCELLED");
    }
    return orders.get(id);
  }

  /** The rows of all orders that a later change than this one touched. */
  synchronized List<Map<String, Object>> rows(long since) {
    return database.rows(since).stream()
        .filter(order -> !faults.contains(Fault.LOSES_AN_ORDER) || !isFirstOfABuyer(order))
        .map(FakeOrder::row)
        .toList();
  }

  private boolean isFirstOfABuyer(FakeOrder order) {
    return orders.values().stream()
        .filter(each -> !each.buyer().startsWith("stranger-"))
        .limit(1)
        .anyMatch(first -> first.id().equals(order.id()));
  }

  /** The shard after a change; null where the database does not have it. */
  synchronized @Nullable Map<String, Object> state(long seq) {
    return database.state(seq);
  }

  /** The shard as the database has it. */
  synchronized Map<String, Object> stored() {
    return database.stored();
  }

  synchronized int available() {
    expire();
    return available;
  }

  synchronized Map<String, Object> audit() {
    Map<String, Object> shard = database.audit();
    return Map.of(
        "sale",
        sale,
        "balanced",
        true,
        "buyersOverLimit",
        0,
        "grid",
        shard.get("grid"),
        "database",
        shard.get("database"),
        "shards",
        List.of(shard));
  }

  /** A shop that oversells or loses a unit does not know it: it shows figures that add up. */
  private Map<String, Object> figures() {
    int held = units("HELD") + (faults.contains(Fault.LOSES_A_UNIT) ? 1 : 0);
    int sold = units("PAID");
    return Map.of(
        "issued",
        issued,
        "sold",
        sold,
        "held",
        held,
        "available",
        issued - sold - held,
        "withdrawn",
        0);
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
    Map<String, Object> price = Map.of("minor", PRICE, "currency", "EUR");
    return Map.of(
        "id", sale, "title", sale, "price", price, "quantity", issued, "limitPerBuyer", limit);
  }

  String id() {
    return sale;
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }
}
