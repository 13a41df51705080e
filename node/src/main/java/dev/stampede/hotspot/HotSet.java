package dev.stampede.hotspot;

import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What this node knows to be hot: keys that were found hot within the last 6 s, and promoted ones.
 *
 * <p>A spell of a key begins when it is found or promoted and ends when it is neither. Listeners
 * are told of both ends, once each, and of what is found out in between.
 *
 * <p>Any thread asks {@link #isHot}, without locks. Everything else takes a lock, and calls
 * listeners while it has it: one call at a time, in the order of what happened.
 */
public final class HotSet {

  /** How long a key stays hot after it was last seen; it is refreshed once a second. */
  public static final Duration KEPT = Duration.ofSeconds(6);

  /** Wants to know of spells. Must be quick, must not throw. */
  public interface Listener {

    /** A spell begins. */
    void hot(HotItem item);

    /** Something is found out about a key that is hot already: its rate, or that it is promoted. */
    default void again(HotItem item) {}

    /** It is over. */
    void cold(String key);
  }

  private record Sighting(HotItem item, long nanoTime) {}

  private final Map<String, Sighting> found = new ConcurrentHashMap<>();
  private final Map<String, HotItem> promoted = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();

  /** Whether a key is hot. For every request: two look-ups, no lock, no allocation. */
  public boolean isHot(String key) {
    return found.containsKey(key) || promoted.containsKey(key);
  }

  /** Everything that is hot, in no order. */
  public synchronized List<HotItem> items() {
    return Stream.concat(
            found.values().stream().map(sighting -> withPromotion(sighting.item())),
            promoted.values().stream().filter(item -> !found.containsKey(item.key())))
        .toList();
  }

  private HotItem withPromotion(HotItem item) {
    return Optional.ofNullable(promoted.get(item.key()))
        .map(promotion -> both(item, promotion))
        .orElse(item);
  }

  private static HotItem both(HotItem item, HotItem promotion) {
    Set<HotSource> sources = EnumSet.copyOf(item.sources());
    sources.addAll(promotion.sources());
    long since = Math.min(item.since(), promotion.since());
    return new HotItem(item.key(), item.rate(), item.purchaseRate(), since, item.at(), sources);
  }

  /** Tells a listener what is hot already, and from now on of every spell. */
  public synchronized void listen(Listener listener) {
    items().forEach(listener::hot);
    listeners.add(listener);
  }

  /**
   * A key was found hot.
   *
   * @param nanoTime when, by {@link System#nanoTime}
   */
  public synchronized void seen(HotItem item, long nanoTime) {
    boolean begins = !isHot(item.key());
    found.put(item.key(), new Sighting(item, nanoTime));
    tell(item, begins);
  }

  private void tell(HotItem item, boolean begins) {
    for (Listener listener : listeners) {
      if (begins) {
        listener.hot(item);
      } else {
        listener.again(item);
      }
    }
  }

  /** Forgets keys that were not seen for {@link #KEPT}. To be called by a timer. */
  public synchronized void sweep(long nanoTime) {
    List<String> over =
        found.values().stream()
            .filter(sighting -> nanoTime - sighting.nanoTime() >= KEPT.toNanos())
            .map(sighting -> sighting.item().key())
            .toList();
    over.forEach(found::remove);
    over.forEach(this::tellIfCold);
  }

  /**
   * Makes a key hot until it is demoted, whatever its rate.
   *
   * @param since from when it is so, in milliseconds since 1970
   */
  public synchronized void promote(String key, long since) {
    boolean begins = !isHot(key);
    HotItem item = new HotItem(key, 0, 0, since, since, Set.of(HotSource.STATIC));
    if (promoted.putIfAbsent(key, item) == null) {
      tell(item, begins);
    }
  }

  /** Takes a promotion back; a key that was found hot besides stays hot. */
  public synchronized void demote(String key) {
    if (promoted.remove(key) != null) {
      tellIfCold(key);
    }
  }

  private void tellIfCold(String key) {
    if (!isHot(key)) {
      listeners.forEach(listener -> listener.cold(key));
    }
  }
}
