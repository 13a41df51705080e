package dev.stampede.simulation;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.persistence.StoreResult;
import dev.stampede.simulation.Replica.Mark;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockShard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What anybody was told, and what has to hold because of it: checked after every step. */
final class Promises {

  /** Every order that somebody was told of, as it was told last. */
  private final Map<OrderKey, Told> told = new LinkedHashMap<>();

  private final Map<String, OrderKey> named = new HashMap<>();
  private final Set<OrderKey> undone = new HashSet<>();
  private Mark acknowledged = Mark.NONE;
  private Mark durable = Mark.NONE;
  private int losses;
  private int lostOrders;

  /** Where the database has another history; few, and compared as objects. */
  private final List<StockShard> forked = new ArrayList<>();

  private boolean reloading;

  /** An order, and the change of which history that was. */
  private record Told(Order order, Mark mark) {}

  // ---- what is told

  /** An answer reached a lane: all of its owner's changes are acknowledged. */
  void acknowledged(Call.Answer answer) {
    if (answer.losses() == losses) {
      acknowledged = acknowledged.later(Mark.in(answer.history(), answer.headSeq()));
    }
  }

  /** An outcome reached somebody. */
  void told(Outcome outcome, Call.Answer answer) {
    switch (outcome) {
      case Outcome.Reserved reserved -> told(reserved.order(), reserved.durable(), answer);
      case Outcome.Cancelled cancelled -> told(cancelled.order(), cancelled.durable(), answer);
      case Outcome.Paid paid -> told(paid.order(), paid.durable(), answer);
      case Outcome.LateHonoured late -> told(late.order(), late.durable(), answer);
      case Outcome.RefundDue refund -> told(refund.order(), refund.durable(), answer);
      default -> {
        // Says nothing of an order.
      }
    }
  }

  private void told(Order order, boolean isDurable, Call.Answer answer) {
    if (isDurable) {
      durable = durable.later(Mark.in(answer.history(), order.seq()));
    }
    if (answer.losses() == losses) {
      told.merge(
          order.key(),
          new Told(order, Mark.in(answer.history(), order.seq())),
          (one, other) -> one.order().seq() > other.order().seq() ? one : other);
    } else if (!isDurable) {
      lostOrders++;
    }
  }

  /** A buyer's key was answered with an order. */
  void named(String key, OrderKey order) {
    OrderKey before = named.putIfAbsent(key, order);
    Violation.unless(
        before == null || before.equals(order), () -> key + " is " + order + ", and was " + before);
  }

  /** Somebody paid for an order of their own, which may have been lost: it comes to something. */
  void paid(ShardCommand.Pay pay, Outcome outcome) {
    boolean isKnown = outcome instanceof Outcome.OfPayment;
    boolean mayBeUnknown = outcome instanceof Outcome.Unanswered || pay.claim().isEmpty();
    Violation.unless(isKnown || mayBeUnknown, () -> pay + " came to " + outcome);
    Violation.unless(
        !(outcome instanceof Outcome.UnknownOrder) || losses > 0 || !told.containsKey(pay.order()),
        () -> pay + " is denied, though its order was told");
    Violation.unless(
        !(outcome instanceof Outcome.RefundDue due) || due.reason() != Refund.Reason.OTHER_ORDER,
        () -> pay + " is taken for another's: " + outcome);
  }

  /** Somebody was told that nothing was done, and will not ask for this order again. */
  void undone(OrderKey order) {
    if (!named.containsValue(order)) {
      undone.add(order);
    }
  }

  /** No replica is left: what is not in the database is gone, and that is allowed. */
  void lost() {
    losses++;
    acknowledged = Mark.NONE;
    reloading = true;
  }

  /**
   * The database has another history than a node: a loss began it, and that node has no part in it.
   */
  void forked(Cluster cluster, StockShard shard, StoreResult.Fork fork) {
    forked.add(shard);
    Violation.unless(losses > 0, () -> "a fork, though a replica was left: " + fork.detail());
    Violation.unless(
        cluster.main().table().stream()
            .flatMap(node -> Stream.ofNullable(node.replica()))
            .noneMatch(replica -> replica.shard() == shard),
        () -> "the side that goes on is fenced: " + fork.detail());
  }

  /** A side that has lost says nothing more, whoever asks. */
  void decided(StockShard shard, List<Outcome> outcomes) {
    Violation.unless(
        !forked.contains(shard)
            || outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.Unanswered),
        () -> "a side that has lost answers " + outcomes);
  }

  // ---- what has to hold

  void check(Cluster cluster) {
    Replica rows = cluster.database().rows();
    Violation.unless(rows.has(durable), () -> "the database lacks the durable " + durable);
    Mark stored = Mark.in(rows.history(), rows.seq());
    for (SimulatedNode node : cluster.main().table()) {
      if (node.isAlive()) {
        check(node, Optional.ofNullable(node.replica()), rows, stored);
      }
    }
    if (rows.isNew()) {
      checkState(rows, "the database");
    }
  }

  private void check(SimulatedNode node, Optional<Replica> present, Replica rows, Mark stored) {
    if (present.filter(replica -> replica.shard().isProven()).isEmpty()) {
      Violation.unless(
          rows.has(acknowledged), () -> node.number + " has nothing of " + acknowledged);
      return;
    }
    Replica replica = present.get();
    Violation.unless(
        replica.has(acknowledged),
        () -> "node " + node.number + " lacks the acknowledged " + acknowledged);
    Violation.unless(
        replica.has(stored), () -> "node " + node.number + " lacks what is stored, " + stored);
    if (replica.isNew()) {
      checkState(replica, "node " + node.number);
    }
  }

  private void checkState(Replica replica, String where) {
    ShardCounts counts = replica.shard().head().counts();
    Violation.unless(counts.balanced(), () -> where + " is not balanced: " + counts);
    ShardCounts byOrders = countOrders(replica, where);
    Violation.unless(
        byOrders.held() == counts.held() && byOrders.sold() == counts.sold(),
        () -> where + ": the orders come to " + byOrders + ", counts are " + counts);
  }

  private ShardCounts countOrders(Replica replica, String where) {
    long held = 0;
    long sold = 0;
    Map<BuyerId, Integer> taken = new HashMap<>();
    Map<BuyerId, Integer> open = new HashMap<>();
    int limit = replica.shard().terms().limitPerBuyer();
    for (Order order : replica.shard().snapshot().orders()) {
      held += order.state().holdsUnits() ? order.quantity() : 0;
      sold += order.state().sellsUnits() ? order.quantity() : 0;
      Violation.unless(!undone.contains(order.key()), () -> "done, though told undone: " + order);
      int units = order.state().isLive() ? order.quantity() : 0;
      Violation.unless(
          taken.merge(order.buyer(), units, Integer::sum) <= limit,
          () -> where + ": over the limit: " + order);
      Violation.unless(
          open.merge(order.buyer(), order.state().hasDeadline() ? 1 : 0, Integer::sum)
              <= World.MOST_OPEN_ORDERS,
          () -> where + ": too many unpaid: " + order);
    }
    return new ShardCounts(0, 0, held, sold, 0);
  }

  /** After each change of owner, and at the end: every order that was told is there. */
  void checkTold(Cluster cluster, Replica owner) {
    Map<OrderKey, Order> there = new HashMap<>();
    owner.shard().snapshot().orders().forEach(order -> there.put(order.key(), order));
    if (reloading) {
      reloading = false;
      int before = told.size();
      long loaded = owner.shard().unstored().storedSeq();
      boolean mayDiffer = cluster.parting().everWas();
      told.values()
          .removeIf(each -> each.order().seq() > loaded || (mayDiffer && !owner.has(each.mark())));
      lostOrders += before - told.size();
    }
    for (Told each : told.values()) {
      Order order = each.order();
      Order now = there.get(order.key());
      boolean kept = now != null && now.seq() >= order.seq();
      Violation.unless(kept, () -> "told " + order + ", but there is " + now);
      Violation.unless(
          order.state() != OrderState.PAID || now.state() == OrderState.PAID,
          () -> "told as paid: " + order + ", but there is " + now);
    }
  }

  /** At the end, where nothing is on its way any more. */
  void checkSold(Replica owner) {
    List<OrderKey> paid =
        owner.shard().snapshot().orders().stream()
            .filter(order -> order.state() == OrderState.PAID)
            .map(Order::key)
            .toList();
    long toldPaid =
        told.values().stream().filter(each -> each.order().state() == OrderState.PAID).count();
    Violation.unless(
        lostOrders > 0 || losses > 0 || toldPaid == paid.size(),
        () -> "told as paid: " + toldPaid + " orders, sold: " + paid);
  }

  /** How often the database refused a history. */
  int forks() {
    return forked.size();
  }

  /** Orders that were told, not durable, and went with more nodes than there were backups. */
  int lostOrders() {
    return lostOrders;
  }
}
