package dev.stampede.hotspot;

import dev.stampede.hotspot.pipeline.AccessCount;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts accesses to sales on this node, for a reporter that asks every 100 ms which were the most.
 *
 * <p><b>Idea.</b> A few stripes, one for each processor, each with a table of fixed size. A thread
 * counts in the stripe of its number. To drain is to put an empty table in the place of each and to
 * close the old one, which hands over what it counted; an access that finds its table closed counts
 * in the new one. Nothing is lost or counted twice in between.
 *
 * <p><b>Threads.</b> Any thread may call {@link #read} and {@link #purchase}: no locks, no
 * allocation, one atomic addition. One thread at a time calls {@link #drain}.
 *
 * <p><b>Memory.</b> About 160 KiB a stripe, whatever keys arrive; keys themselves are as long as
 * callers let them be.
 *
 * <p><b>Error.</b> In each interval between two drains, and in each stripe, the first 4096 distinct
 * keys are counted exactly. Of later ones only the number of accesses is known ({@link #beyond}).
 * Where accesses arrive in random order, a key that has a share p of them is missed in an interval
 * with a probability of at most (1 - p)^4096: for one access in a hundred 1 in 10^17, for one in a
 * thousand 1 in 60. Of keys with equal hash codes 32 are counted.
 *
 * <p>Where hot sales are not looked for, there is no recorder: callers hold a hook, which does
 * nothing then.
 */
public final class AccessRecorder {

  private static final Comparator<AccessCount> LARGEST_FIRST =
      Comparator.comparingLong(AccessCount::total).reversed();

  private final AtomicReferenceArray<CountTable> stripes;
  private final LongAdder beyond = new LongAdder();

  /** A stripe for each processor. */
  public AccessRecorder() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /** As many stripes, or up to the next power of two. */
  AccessRecorder(int stripes) {
    this.stripes = new AtomicReferenceArray<>(Integer.highestOneBit(2 * stripes - 1));
    for (int i = 0; i < this.stripes.length(); i++) {
      this.stripes.set(i, new CountTable());
    }
  }

  /** Somebody looked at a sale. */
  public void read(String key) {
    count(key, CountTable.READS);
  }

  /** Somebody tried to buy. */
  public void purchase(String key) {
    count(key, CountTable.PURCHASES);
  }

  private void count(String key, int kind) {
    int stripe = (int) Thread.currentThread().threadId() & stripes.length() - 1;
    CountTable.Answer answer;
    do {
      answer = stripes.get(stripe).count(key, kind);
    } while (answer == CountTable.Answer.DRAINED);
    if (answer == CountTable.Answer.FULL) {
      beyond.increment();
    }
  }

  /**
   * What was counted since the last call: the most accessed keys, the largest first. What does not
   * fit is dropped.
   *
   * @param top how many at most, 0 or more
   */
  public List<AccessCount> drain(int top) {
    Map<String, AccessCount> sums = new HashMap<>();
    for (int stripe = 0; stripe < stripes.length(); stripe++) {
      if (!stripes.get(stripe).isEmpty()) {
        stripes.getAndSet(stripe, new CountTable()).drainInto(sums);
      }
    }
    return sums.values().stream().sorted(LARGEST_FIRST).limit(top).toList();
  }

  /** How many accesses found no room since the start, and are in no count. */
  public long beyond() {
    return beyond.sum();
  }
}
