package dev.stampede.stock;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The changes of a shard that are not known to be in the database, oldest first: the only part of a
 * shard that the thread which writes to the database touches.
 *
 * <p>Three marks only ever rise: {@code stored ≤ confirmed ≤ newest}. A change is <i>confirmed</i>
 * once every backup has it; only confirmed changes are written, as an owner that was cut off could
 * otherwise write one that its successor does not have.
 *
 * <p>Threads: the partition's thread appends; any thread confirms; one thread at a time reads and
 * marks as stored. The queue is bounded by {@link ShardBounds#waitingOrders}, which new orders
 * obey.
 */
public final class UnstoredChanges {

  private final Queue<ShardChange> changes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger orders = new AtomicInteger();
  private volatile long confirmedSeq;
  private volatile long storedSeq;

  UnstoredChanges(long storedSeq) {
    this.storedSeq = storedSeq;
    this.confirmedSeq = storedSeq;
  }

  void append(ShardChange change) {
    orders.addAndGet(change.orders().size());
    changes.add(change);
  }

  /** Notes that every backup has the changes up to this one. */
  public synchronized void confirm(long seq) {
    confirmedSeq = Math.max(confirmedSeq, seq);
  }

  /** Notes that the database has the changes up to this one, which are dropped here. */
  public synchronized void stored(long seq) {
    storedSeq = Math.max(storedSeq, seq);
    confirmedSeq = Math.max(confirmedSeq, storedSeq);
    for (ShardChange next = changes.peek();
        next != null && next.seq() <= storedSeq;
        next = changes.peek()) {
      changes.remove();
      orders.addAndGet(-next.orders().size());
    }
  }

  /**
   * The oldest confirmed changes.
   *
   * @param mostOrders stops before the change that would bring more orders than this, but returns
   *     at least one change where there is one
   */
  public List<ShardChange> confirmed(int mostOrders) {
    List<ShardChange> batch = new ArrayList<>();
    int size = 0;
    for (ShardChange change : changes) {
      size += change.orders().size();
      if (change.seq() > confirmedSeq || (size > mostOrders && !batch.isEmpty())) {
        break;
      }
      batch.add(change);
    }
    return batch;
  }

  /** The changes that some backup may lack. */
  public List<ShardChange> unconfirmed() {
    return changes.stream().filter(change -> change.seq() > confirmedSeq).toList();
  }

  /**
   * Whether a change with this number is this very one; also where none with it waits, as the
   * database then has it, and the database has one history only.
   */
  public boolean agreesOn(ShardChange other) {
    return changes.stream().noneMatch(own -> own.seq() == other.seq() && !own.equals(other));
  }

  /** All of them, oldest first. */
  public List<ShardChange> all() {
    return List.copyOf(changes);
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** How many orders wait; one that changed twice counts twice. */
  public int orders() {
    return orders.get();
  }

  /**
   * When the oldest change that waits was decided, in milliseconds since 1970; 0 where none does.
   */
  public long oldestAt() {
    ShardChange oldest = changes.peek();
    return oldest == null ? 0 : oldest.header().at();
  }

  /** The newest change that every backup is known to have. */
  public long confirmedSeq() {
    return confirmedSeq;
  }

  /** The newest change that the database is known to have. */
  public long storedSeq() {
    return storedSeq;
  }
}
