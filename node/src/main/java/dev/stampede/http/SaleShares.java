package dev.stampede.http;

import dev.stampede.sale.Tier;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood of purchases on one sale from the others: of each sale a node works on so many at a
 * time, and takes so many a second, and refuses more before they cost much. A sale that is alone
 * may have the whole node, as its queue delays nobody else.
 *
 * <p>Alone is a sale while no other was asked for within {@link #NEIGHBOURHOOD}. To know that, it
 * is enough to remember the sale asked for last, and when one before it was. Threads that ask at
 * the same moment may take each other's note for theirs; the next purchase puts it right.
 *
 * <p>A sale of each tier is a neighbour of any other; how large its share is, its tier says.
 *
 * <p>Any thread may use it, without locks. It is asked with every purchase.
 */
public final class SaleShares {

  /** Who sells one unit a second on a node has its neighbours limited for 99 of 100 of them. */
  static final Duration NEIGHBOURHOOD = Duration.ofSeconds(5);

  /**
   * How long the refused wait for their answer at least. Who is told at once and asks again at once
   * has the node refuse 25,000 times a second, which leaves nothing for the others; who is told
   * after half a second costs next to nothing meanwhile. Who heeds Retry-After (1 s or more) loses
   * nothing by it.
   */
  static final Duration PAUSE = Duration.ofMillis(250);

  /** How much longer at most, by chance: the refused of one moment would come back together. */
  private static final long MORE_MILLIS = 500;

  /** How many may wait for a refusal, some 2 KiB each; more are told at once. */
  static final int MAX_PAUSED = 10_000;

  /** How many sales have a share of their own. The rest of each tier have one together. */
  static final int MAX_KNOWN = 10_000;

  private final Map<String, SaleShare> known = new ConcurrentHashMap<>();
  private final long start;
  private final SaleShare standardRest;
  private final SaleShare dedicatedRest;
  private final LongAdder refused = new LongAdder();
  private final AtomicInteger pausing = new AtomicInteger();
  private volatile SaleShare latest;
  private volatile long otherAskedAt;

  /**
   * Shares of a node that has sold nothing yet.
   *
   * @param standard what it does for one standard sale while others sell too
   * @param dedicated the same for a dedicated one
   */
  public SaleShares(SaleLimit standard, SaleLimit dedicated) {
    this(standard, dedicated, System.nanoTime());
  }

  SaleShares(SaleLimit standard, SaleLimit dedicated, long nanoTime) {
    start = nanoTime;
    standardRest = new SaleShare(standard, nanoTime);
    dedicatedRest = new SaleShare(dedicated, nanoTime);
    long longAgo = nanoTime - NEIGHBOURHOOD.toNanos() - 1;
    standardRest.asked(longAgo);
    latest = standardRest;
    otherAskedAt = longAgo;
  }

  /** The share of a sale that was bought from before, or null. */
  @Nullable SaleShare known(String sale) {
    return known.get(sale);
  }

  /** The share of a sale that exists: names that clients invent must not get here. */
  SaleShare of(String sale, Tier tier) {
    SaleShare rest = tier == Tier.DEDICATED ? dedicatedRest : standardRest;
    SaleShare share = known.get(sale);
    if (share == null && known.size() < MAX_KNOWN) {
      share = known.computeIfAbsent(sale, _ -> new SaleShare(rest.limit(), start));
    }
    return share == null ? rest : share;
  }

  /**
   * Takes one of a share, which is to be given back to it, or counts a refusal.
   *
   * @param nanoTime now, by {@link System#nanoTime}
   */
  boolean take(SaleShare wanted, long nanoTime) {
    boolean taken = wanted.tryTake(isAlone(wanted, nanoTime), nanoTime);
    if (!taken) {
      refused.increment();
    }
    return taken;
  }

  /**
   * Whether there is nothing to take of a share, and counts a refusal if so. Takes nothing, and
   * does not count as a sale that is asked for.
   *
   * @param nanoTime now, by {@link System#nanoTime}
   */
  boolean isUsedUp(SaleShare wanted, long nanoTime) {
    SaleShare last = latest;
    long other = last == wanted ? otherAskedAt : last.askedAt();
    boolean alone = nanoTime - other > NEIGHBOURHOOD.toNanos();
    boolean usedUp = !alone && wanted.isUsedUp(nanoTime);
    if (usedUp) {
      refused.increment();
    }
    return usedUp;
  }

  private boolean isAlone(SaleShare wanted, long nanoTime) {
    SaleShare last = latest;
    wanted.asked(nanoTime);
    if (last != wanted) {
      otherAskedAt = last.askedAt();
      latest = wanted;
    }
    return nanoTime - otherAskedAt > NEIGHBOURHOOD.toNanos();
  }

  /**
   * Whether who was refused may be told after {@link #pause}: then {@link #paused} is to follow.
   */
  boolean tryPause() {
    if (pausing.incrementAndGet() <= MAX_PAUSED) {
      return true;
    }
    pausing.decrementAndGet();
    return false;
  }

  /** How long one is to pause. */
  static Duration pause() {
    return PAUSE.plusMillis(ThreadLocalRandom.current().nextLong(MORE_MILLIS));
  }

  /** One that paused is told now. */
  void paused() {
    pausing.decrementAndGet();
  }

  /** How many wait for their refusal. */
  int pausing() {
    return pausing.get();
  }

  /** How many purchases were refused. */
  long refused() {
    return refused.sum();
  }
}
