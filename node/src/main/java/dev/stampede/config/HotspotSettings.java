package dev.stampede.config;

import java.util.Optional;

/**
 * Which sales are hot: by the accesses of all nodes together in the last second.
 *
 * @param enabled whether hot sales are looked for
 * @param enter from how many accesses/s a sale is hot, 1 to 1,000,000
 * @param leave below how many it is hot no more, less than {@code enter}, so that a sale near the
 *     threshold does not come and go
 * @param top how many are hot at a time, at most, 1 to 1,000; the hottest
 * @param kafka the world outside, where there is one
 */
public record HotspotSettings(
    boolean enabled, int enter, double leave, int top, Optional<KafkaSettings> kafka) {

  static final int MAX_ENTER = 1_000_000;

  /** Refuses thresholds in the wrong order with a {@link ConfigException}. */
  public HotspotSettings {
    if (leave >= enter) {
      throw new ConfigException(
          "%s: %.0f is not below %s, which is %d: set it lower (%s), or leave it empty for half"
              .formatted(
                  Setting.HOTSPOT_LEAVE.key(),
                  leave,
                  Setting.HOTSPOT_ENTER.key(),
                  enter,
                  Setting.HOTSPOT_LEAVE.variable()));
    }
  }
}
