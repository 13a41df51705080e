package dev.stampede.hotspot;

import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.sale.HotSpell;
import dev.stampede.sale.SaleId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows spells and has those that are over stored.
 *
 * <p>Every node sees the end of every spell. One of them stores it; the others keep it for {@link
 * #KEPT}, for the case that this one has died and they take its place. What two have stored is one
 * row where they agree when the spell began.
 *
 * <p>Threads: any tells of spells, which takes a lock that nobody holds for long; another one
 * stores, and blocks on the database.
 */
final class HotHistory implements HotSet.Listener, Runnable {

  /** Longer than it takes to notice that a node is dead. */
  static final Duration KEPT = Duration.ofMinutes(2);

  /** How many wait at most; the oldest are dropped. */
  static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(HotHistory.class);

  private final Consumer<List<HotSpell>> store;
  private final BooleanSupplier stores;
  private final Clock clock;
  private final Map<String, HotSpell> running = new HashMap<>();
  private final Deque<HotSpell> over = new ArrayDeque<>();
  private long dropped;
  private boolean failing;

  /**
   * Knows of no spell yet.
   *
   * @param store takes spells; the same ones again where it has thrown
   * @param stores whether it is this node that stores now
   */
  HotHistory(Consumer<List<HotSpell>> store, BooleanSupplier stores, Clock clock) {
    this.store = store;
    this.stores = stores;
    this.clock = clock;
  }

  @Override
  public synchronized void hot(HotItem item) {
    if (SaleId.isValid(item.key())) { // Kafka may name what is no sale
      running.put(item.key(), begun(item));
    }
  }

  private static HotSpell begun(HotItem item) {
    Instant since = Instant.ofEpochMilli(item.since());
    return new HotSpell(
        new SaleId(item.key()), since, since, item.rate(), item.purchaseRate(), sources(item));
  }

  private static List<String> sources(HotItem item) {
    return item.sources().stream()
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .sorted()
        .toList();
  }

  @Override
  public synchronized void again(HotItem item) {
    running.computeIfPresent(item.key(), (_, spell) -> with(spell, begun(item)));
  }

  private static HotSpell with(HotSpell spell, HotSpell more) {
    Set<String> sources = new TreeSet<>(spell.sources());
    sources.addAll(more.sources());
    boolean earlier = more.since().isBefore(spell.since());
    return new HotSpell(
        spell.sale(),
        earlier ? more.since() : spell.since(),
        spell.until(),
        Math.max(spell.peakRate(), more.peakRate()),
        Math.max(spell.peakPurchaseRate(), more.peakPurchaseRate()),
        List.copyOf(sources));
  }

  @Override
  public synchronized void cold(String key) {
    HotSpell spell = running.remove(key);
    if (spell != null) {
      end(spell);
    }
  }

  private void end(HotSpell spell) {
    over.addLast(ended(spell));
    if (over.size() > MOST) {
      over.removeFirst();
      dropped++;
    }
  }

  /**
   * Ends what is not over, as this node learns no more and may be the last one. Where it is not,
   * those that are left store the whole spell in the same row.
   */
  synchronized void endAll() {
    running.values().forEach(this::end);
    running.clear();
  }

  /** The same, over now. Clocks of two machines may disagree. */
  private HotSpell ended(HotSpell spell) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Instant until = now.isAfter(spell.since()) ? now : spell.since();
    return new HotSpell(
        spell.sale(),
        spell.since(),
        until,
        spell.peakRate(),
        spell.peakPurchaseRate(),
        spell.sources());
  }

  /** Stores what is over. To be called every few seconds, by one thread at a time. */
  @Override
  public void run() {
    if (stores.getAsBoolean()) {
      store(waiting());
    } else {
      forgetOld();
    }
  }

  private synchronized List<HotSpell> waiting() {
    return List.copyOf(over);
  }

  private synchronized void forgetOld() {
    Instant old = clock.instant().minus(KEPT);
    over.removeIf(spell -> spell.until().isBefore(old));
    dropped = 0; // another node's loss to tell of
  }

  private void store(List<HotSpell> spells) {
    if (spells.isEmpty()) {
      return;
    }
    try {
      store.accept(spells);
      stored(spells);
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn("spells of hot sales wait to be stored: {}", e.getMessage());
      }
      failing = true;
    }
  }

  private synchronized void stored(List<HotSpell> spells) {
    over.removeAll(new HashSet<>(spells));
    failing = false;
    if (dropped > 0) {
      LOG.warn("{} spells of hot sales are not in the history: too many had to wait", dropped);
      dropped = 0;
    }
  }
}
