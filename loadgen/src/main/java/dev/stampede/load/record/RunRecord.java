package dev.stampede.load.record;

import dev.stampede.load.record.Purchase.Unanswered;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notes what happens while it happens. Belongs to the loop's thread. */
public final class RunRecord {
  private static final int SAMPLES = 5;
  private static final int MAX_FAULTS = 1000;

  private final Latencies latencies = new Latencies();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Setback, Long> setbacks = new EnumMap<>(Setback.class);
  private final Map<String, Long> soldOut = new HashMap<>();
  private final List<@Nullable Purchase> purchases = new ArrayList<>();
  private final List<String> replayFaults = new ArrayList<>();
  private final List<String> refundFaults = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private long arrivals;
  private long notSent;
  private long requests;
  private long begun;
  private long ended;

  /** A buyer came. */
  public void arrived() {
    arrivals++;
  }

  /** A buyer came and could not be served: too many requests were in flight. */
  public void notSent() {
    arrivals++;
    notSent++;
  }

  /** A request was sent. */
  public void sent() {
    requests++;
  }

  public long requests() {
    return requests;
  }

  /** A request was answered, or known to be lost, so long after it should have been sent. */
  public void answered(Op op, long nanos) {
    latencies.record(op, nanos);
  }

  public void setback(Setback why) {
    setbacks.merge(why, 1L, Long::sum);
  }

  /** Something with an outcome begins; one that never ends will be counted as unknown. */
  public void began() {
    begun++;
  }

  public void ended(Outcome outcome) {
    ended++;
    outcomes.merge(outcome, 1L, Long::sum);
  }

  /** A purchase's truth was learned so long after the intended start. */
  public void known(long nanos) {
    latencies.recordUntilKnown(nanos);
  }

  /** Notes a purchase before it is sent; the number names it from then on. */
  public int opened(Unanswered purchase) {
    purchases.add(purchase);
    return purchases.size() - 1;
  }

  /** What is now known of a purchase. */
  public void learned(int number, Purchase purchase) {
    purchases.set(number, purchase);
  }

  /** The purchase surely does not exist. */
  public void refused(int number) {
    purchases.set(number, null);
  }

  public void soldOut(String sale) {
    soldOut.merge(sale, 1L, Long::sum);
  }

  public void replayFault(String fault) {
    if (replayFaults.size() < MAX_FAULTS) {
      replayFaults.add(fault);
    }
  }

  /** A payment of the right amount for an order of this buyer was sent back as one that is not. */
  public void refundFault(String fault) {
    if (refundFaults.size() < MAX_FAULTS) {
      refundFaults.add(fault);
    }
  }

  public void unexpected(String sample) {
    if (unexpected.size() < SAMPLES) {
      unexpected.add(sample);
    }
  }

  /** How many purchases, payments and so on have not ended. */
  public long unresolved() {
    return begun - ended;
  }

  public Tick tick() {
    return new Tick(arrivals, notSent, requests, new EnumMap<>(outcomes), latencies.takeInterval());
  }

  /** Closes the record: what has not ended by now stays unknown. */
  public RunResult finish() {
    if (unresolved() > 0) {
      outcomes.merge(Outcome.UNKNOWN, unresolved(), Long::sum);
      ended = begun;
    }
    Map<Op, Percentiles> byOp = new EnumMap<>(Op.class);
    for (Op op : Op.values()) {
      byOp.put(op, latencies.percentiles(op));
    }
    return new RunResult(
        arrivals,
        notSent,
        requests,
        new EnumMap<>(outcomes),
        new EnumMap<>(setbacks),
        byOp,
        latencies.untilKnown(),
        latencies.all(),
        known(),
        List.copyOf(replayFaults),
        List.copyOf(refundFaults),
        List.copyOf(unexpected),
        Map.copyOf(soldOut));
  }

  private List<Purchase> known() {
    return purchases.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
