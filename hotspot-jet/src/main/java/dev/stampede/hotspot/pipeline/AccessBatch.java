package dev.stampede.hotspot.pipeline;

import java.util.List;

/**
 * What one node counted in about {@link HotspotConfig#STEP}.
 *
 * @param node the node's name
 * @param at when it was closed, in milliseconds since 1970 by that node's clock; nothing is
 *     computed from it
 * @param counts each key once, at most {@value #MAX_COUNTS}: the largest ones
 */
public record AccessBatch(String node, long at, List<AccessCount> counts) {
  /** What a node may say in one batch. */
  public static final int MAX_COUNTS = 256;

  public AccessBatch {
    counts = List.copyOf(counts);
    if (counts.size() > MAX_COUNTS) {
      throw new IllegalArgumentException(
          counts.size() + " counts in a batch, at most " + MAX_COUNTS);
    }
  }
}
