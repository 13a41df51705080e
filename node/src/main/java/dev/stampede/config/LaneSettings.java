package dev.stampede.config;

import java.time.Duration;

/**
 * How commands queue in front of a shard, on each node.
 *
 * @param capacity how many may wait, 1 to 1,000,000; one more is refused with 429
 * @param share how many purchases of one sale a node works on while other sales sell too, 1 to
 *     1,000,000; one more is refused with 429
 * @param rate how many of them a second it takes meanwhile, 1 to 1,000,000; more are refused with
 *     429
 * @param batch how many go into one call, 1 to 4096
 * @param deadline how long a command may wait for its answer, 100 ms to 60 s
 */
public record LaneSettings(int capacity, int share, int rate, int batch, Duration deadline) {

  /** Purchases a second: by measurement (docs/benchmarks.md, "A flood"), 2,500 a processor. */
  static final int USUAL_RATE = 2_500 * Runtime.getRuntime().availableProcessors();
}
