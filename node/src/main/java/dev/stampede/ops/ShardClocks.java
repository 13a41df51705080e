package dev.stampede.ops;

import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finds shards whose time is ahead of the present: a wrong clock has decided on them. Their sales
 * may be closed, or open, before they should be.
 */
public final class ShardClocks {

  private final Supplier<Map<StockKey, Instant>> times;
  private final Duration bound;

  /**
   * Looks at these times.
   *
   * @param times when the newest stored change of each shard was decided; may block and throw
   * @param bound by how much a right clock may be ahead
   */
  public ShardClocks(Supplier<Map<StockKey, Instant>> times, Duration bound) {
    this.times = times;
    this.bound = bound;
  }

  /** One sentence for each shard that is ahead, by shard. Blocks. */
  List<String> ahead(Instant now) {
    return times.get().entrySet().stream()
        .filter(each -> each.getValue().isAfter(now.plus(bound)))
        .sorted(Comparator.comparing(each -> each.getKey().toString()))
        .map(each -> sentence(each.getKey(), each.getValue(), now))
        .toList();
  }

  private static String sentence(StockKey key, Instant at, Instant now) {
    return "%s: its time is %s, %d s ahead of this node's clock: ./stampede sale reopen %s"
        .formatted(key, at, ChronoUnit.SECONDS.between(now, at), key.sale());
  }
}
