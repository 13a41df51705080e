package dev.stampede.hotspot;

import dev.stampede.hotspot.pipeline.AccessCount;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The counts of one stripe in one interval: an open-addressed table of fixed size, used once.
 *
 * <p>A slot belongs to the first key that claims it, for as long as the table lives; so two threads
 * that bring the same key meet in the same slot. Draining <em>closes</em> each count by swapping in
 * a value so low that it stays negative whatever is added: an addition that comes later reads it,
 * and knows that it was not counted. So every addition is either drained or refused, however long a
 * thread was away between finding its slot and adding. Drained tables are not used again: a thread
 * that comes back late could find its slot taken by another key.
 *
 * <p>Any thread counts, without locks or allocation; one drains.
 */
final class CountTable {

  /** How many keys a table takes. */
  static final int KEYS = 4_096;

  /** Which of a key's two counts. */
  static final int READS = 0;

  /** The other one. */
  static final int PURCHASES = 1;

  /** What became of an access. */
  enum Answer {
    COUNTED,
    /** Not counted: no room for another key. */
    FULL,
    /** Not counted: drained before; the next table takes it. */
    DRAINED
  }

  private static final int SLOT_BITS = 13;

  /** At most half of them are taken. */
  private static final int SLOTS = 1 << SLOT_BITS;

  /**
   * Slots that are tried. Of another key with even odds at most, each: one key in 2^32 finds none
   * although there is room. What is really bounded is the time that keys of equal hash cost.
   */
  private static final int PROBES = 32;

  /** Of Fibonacci hashing: 2^32 divided by the golden ratio. */
  private static final int SPREAD = 0x9E3779B9;

  private static final long CLOSED = Long.MIN_VALUE;

  private final AtomicReferenceArray<String> keys = new AtomicReferenceArray<>(SLOTS);

  /** The two counts of each slot side by side. */
  private final AtomicLongArray counts = new AtomicLongArray(2 * SLOTS);

  private final AtomicInteger taken = new AtomicInteger();

  /** One more of a kind; {@code kind} is {@link #READS} or {@link #PURCHASES}. */
  Answer count(String key, int kind) {
    int hash = key.hashCode() * SPREAD;
    int slot = hash >>> (Integer.SIZE - SLOT_BITS);
    int step = hash >>> (Integer.SIZE - 2 * SLOT_BITS) | 1;
    for (int probe = 0; probe < PROBES; probe++) {
      String there = keys.get(slot);
      if (there == null) {
        if (taken.get() >= KEYS) {
          return Answer.FULL;
        }
        there = claim(slot, key);
      }
      if (there.equals(key)) {
        return counts.getAndIncrement(2 * slot + kind) < 0 ? Answer.DRAINED : Answer.COUNTED;
      }
      slot = slot + step & SLOTS - 1;
    }
    return Answer.FULL;
  }

  /** The key that has the slot then: this one, unless another one was faster. */
  private String claim(int slot, String key) {
    String before = keys.compareAndExchange(slot, null, key);
    if (before != null) {
      return before;
    }
    taken.incrementAndGet();
    return key;
  }

  boolean isEmpty() {
    return taken.get() == 0;
  }

  /** Adds all counts to a map, and counts nothing any more. */
  void drainInto(Map<String, AccessCount> sums) {
    for (int slot = 0; slot < SLOTS; slot++) {
      long reads = close(slot, READS);
      long purchases = close(slot, PURCHASES);
      if (reads + purchases > 0) {
        AccessCount count = new AccessCount(keys.get(slot), reads, purchases);
        sums.merge(count.key(), count, CountTable::sum);
      }
    }
  }

  private long close(int slot, int kind) {
    return counts.getAndSet(2 * slot + kind, CLOSED);
  }

  private static AccessCount sum(AccessCount one, AccessCount other) {
    return new AccessCount(
        one.key(), one.reads() + other.reads(), one.purchases() + other.purchases());
  }
}
