package dev.stampede.hotspot.pipeline;

/**
 * How often one sale was asked for.
 *
 * @param key the sale's name
 * @param reads looked at, 0 or more
 * @param purchases tried to buy, 0 or more
 */
public record AccessCount(String key, long reads, long purchases) {
  public AccessCount {
    if (reads < 0 || purchases < 0) {
      throw new IllegalArgumentException(key + ": counts are not negative");
    }
  }

  public long total() {
    return reads + purchases;
  }
}
