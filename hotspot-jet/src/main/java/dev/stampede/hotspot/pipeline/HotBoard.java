package dev.stampede.hotspot.pipeline;

import static java.util.stream.Collectors.toMap;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is hot now: enters high, leaves low, and never more than the top N. Once every {@link
 * HotspotConfig#STEP} it is shown all keys that may be hot and answers what is to be told: each key
 * when it enters, and while it stays, once a second. Nobody is told that a key has left; what is
 * told of it expires. No key is told twice within a second, also not one that leaves and comes
 * back: what was told of it still holds.
 *
 * <p>Not thread-safe. Reads no clock.
 */
public final class HotBoard {
  /** In milliseconds. */
  static final long REFRESH = 1_000;

  private static final Comparator<HotItem> HOTTEST_FIRST =
      Comparator.comparingDouble(HotItem::rate).reversed().thenComparing(HotItem::key);

  private final double enter;
  private final double leave;
  private final int top;

  /** Who is hot, and since when. */
  private Map<String, Long> since = Map.of();

  /** When a key was told, for {@link #REFRESH}. */
  private final Map<String, Long> told = new HashMap<>();

  private long last = Long.MIN_VALUE;

  public HotBoard(HotspotConfig config) {
    enter = config.enter();
    leave = config.leave();
    top = config.top();
  }

  /**
   * One step.
   *
   * @param at the end of the window, in milliseconds since 1970; later than that of the step before
   * @param seen each key whose rate is at least {@code leave}, once, with this {@code at}
   * @return what is to be told, the hottest first
   */
  public List<HotItem> step(long at, List<HotItem> seen) {
    forget(at);
    List<HotItem> hot = seen.stream().filter(this::isHot).sorted(HOTTEST_FIRST).limit(top).toList();
    since = hot.stream().collect(toMap(HotItem::key, item -> since.getOrDefault(item.key(), at)));
    return hot.stream()
        .filter(item -> told.putIfAbsent(item.key(), at) == null)
        .map(item -> since(since.getOrDefault(item.key(), at), item))
        .toList();
  }

  /** Steps in which nothing is warm are left out: whoever was hot before them is not any more. */
  private void forget(long at) {
    if (at - HotspotConfig.STEP.toMillis() > last) {
      since = Map.of();
    }
    last = at;
    told.values().removeIf(time -> at - time >= REFRESH);
  }

  private boolean isHot(HotItem item) {
    return item.rate() >= (since.containsKey(item.key()) ? leave : enter);
  }

  private static HotItem since(long start, HotItem item) {
    return new HotItem(
        item.key(), item.rate(), item.purchaseRate(), start, item.at(), item.sources());
  }
}
