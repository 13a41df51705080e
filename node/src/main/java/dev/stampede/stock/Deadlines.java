package dev.stampede.stock;

import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * The orders of a shard that end by themselves, earliest first, in two runs that are sorted by
 * construction. Orders of one shard are held equally long, so as long as its time does not run
 * backwards the order of arrival is the order of the deadlines: the current run. When its time was
 * set back, all that was there becomes the older run, and the current one begins anew.
 *
 * <p>An entry that no longer counts, because its order has ended or has another deadline, stays
 * until it comes first or last. For one thread.
 */
final class Deadlines {

  private static final Comparator<Order> EARLIEST = Comparator.comparingLong(Order::heldUntil);

  private final Map<OrderKey, Order> orders;
  private Deque<Order> older = new ArrayDeque<>();
  private final Deque<Order> current = new ArrayDeque<>();

  /**
   * No deadlines yet.
   *
   * @param orders all orders of the shard, as they are now
   */
  Deadlines(Map<OrderKey, Order> orders) {
    this.orders = orders;
  }

  /** Enters an order whose deadline is not before that of any since time was last set back. */
  void add(Order order) {
    current.add(order);
  }

  /** Begins anew with all orders: the time of those that come next may be earlier. */
  void startOver() {
    current.clear();
    older = new ArrayDeque<>();
    orders.values().stream()
        .filter(order -> order.state().hasDeadline())
        .sorted(EARLIEST)
        .forEach(older::add);
  }

  /**
   * When something is to be done next: at the earliest deadline, or now if one is further ahead
   * than orders are held; {@link Long#MAX_VALUE} if there is none.
   */
  long next(long now, long latest) {
    long first = Math.min(first(older), first(current));
    return isBeyond(latest) ? Math.min(now, first) : first;
  }

  private long first(Deque<Order> run) {
    while (!run.isEmpty() && !counts(run.getFirst())) {
      run.removeFirst();
    }
    return run.isEmpty() ? Long.MAX_VALUE : run.getFirst().heldUntil();
  }

  /**
   * Whether an order that counts has its deadline after this instant: only a wrong clock did it.
   */
  private boolean isBeyond(long latest) {
    while (!older.isEmpty() && older.getLast().heldUntil() > latest) {
      if (counts(older.getLast())) {
        return true;
      }
      older.removeLast();
    }
    return false;
  }

  private boolean counts(Order entry) {
    Order order = orders.get(entry.key());
    return order != null && order.state().hasDeadline() && order.heldUntil() == entry.heldUntil();
  }

  /** Entries of the older run, latest first; some may not count. */
  Iterable<Order> latestFirst() {
    return older::descendingIterator;
  }

  /** All entries, earliest first; some may not count. */
  Iterable<Order> earliestFirst() {
    return () -> new Merged(older.iterator(), current.iterator());
  }

  /** Two sorted runs as one. */
  private static final class Merged implements Iterator<Order> {

    private final Iterator<Order> one;
    private final Iterator<Order> other;
    private final Deque<Order> ofOne = new ArrayDeque<>(1);
    private final Deque<Order> ofOther = new ArrayDeque<>(1);

    Merged(Iterator<Order> one, Iterator<Order> other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public boolean hasNext() {
      return !ofOne.isEmpty() || !ofOther.isEmpty() || one.hasNext() || other.hasNext();
    }

    @Override
    public Order next() {
      look(one, ofOne);
      look(other, ofOther);
      if (ofOther.isEmpty()) {
        return ofOne.remove();
      }
      if (ofOne.isEmpty()) {
        return ofOther.remove();
      }
      return EARLIEST.compare(ofOne.getFirst(), ofOther.getFirst()) <= 0
          ? ofOne.remove()
          : ofOther.remove();
    }

    private static void look(Iterator<Order> run, Deque<Order> seen) {
      if (seen.isEmpty() && run.hasNext()) {
        seen.add(run.next());
      }
    }
  }
}
