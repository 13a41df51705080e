package dev.stampede.hotspot.pipeline;

import java.util.Set;

/**
 * A sale that is hot.
 *
 * @param key the sale's name
 * @param rate accesses per second over the last {@link HotspotConfig#WINDOW}
 * @param purchaseRate those of them that tried to buy, as the nodes counted
 * @param since when it became hot, in milliseconds since 1970
 * @param at the end of the window that this tells of, in milliseconds since 1970
 * @param sources by whom it was found
 */
public record HotItem(
    String key, double rate, double purchaseRate, long since, long at, Set<HotSource> sources) {
  public HotItem {
    sources = Set.copyOf(sources);
  }
}
