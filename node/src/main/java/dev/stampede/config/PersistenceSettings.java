package dev.stampede.config;

import java.time.Duration;
import java.util.Locale;

/**
 * How much may wait to be written, and how long, while the database is away.
 *
 * @param maxBacklog changed orders that may wait per shard, 1,000 to 10,000,000; past it new orders
 *     are refused
 * @param toleratedOutage how long the database may be away, 1 min to 24 h
 */
public record PersistenceSettings(int maxBacklog, Duration toleratedOutage) {

  static final int MIN_BACKLOG = 1_000;
  static final int MAX_BACKLOG = 10_000_000;

  /**
   * What a new order that waits takes: itself, its place in the shard, and its change. Measured:
   * 310 in changes of 50 orders or more, 660 in changes of one, as they are while sales are slow.
   */
  static final int BYTES_PER_ORDER = 700;

  /**
   * How long the largest backlog takes to be written when the database is back, at the 20,000
   * orders/s that are wanted of it: 500 s, rounded up.
   */
  private static final Duration DRAIN = Duration.ofMinutes(10);

  private static final int MIB = 1 << 20;

  /**
   * How long backups remember that something waits. They forget by the clock and not by success, so
   * it follows from the outage: set by itself, it could be shorter.
   */
  public Duration backupGrace() {
    return toleratedOutage.plus(DRAIN);
  }

  /**
   * Makes sure that one full backlog fits into half of the heap. The other half is for orders that
   * are stored; how many shards will fill up at once on a node nobody knows when it starts.
   *
   * @param heapBytes the largest heap that this JVM may have
   * @throws ConfigException where it does not fit
   */
  public void requireRoom(long heapBytes) {
    long needed = (long) maxBacklog * BYTES_PER_ORDER;
    if (needed > heapBytes / 2) {
      throw new ConfigException(
          "%s: %d orders that wait take %d MiB, more than half of this node's heap of %d MiB: lower it to %d or less (%s), or ask for a larger heap (STAMPEDE_JAVA_OPTS=-Xmx%dm)"
              .formatted(
                  Setting.PERSISTENCE_MAX_BACKLOG.key(),
                  maxBacklog,
                  mib(needed),
                  heapBytes / MIB,
                  heapBytes / 2 / BYTES_PER_ORDER,
                  Setting.PERSISTENCE_MAX_BACKLOG.variable(),
                  2 * mib(needed)));
    }
  }

  private static long mib(long bytes) {
    return Math.ceilDiv(bytes, MIB);
  }

  /** What follows from both together, in a sentence for the log. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "the database may be away for %s while a shard changes up to %,d orders/s; with %,d"
            + " waiting, new orders are refused (%s)",
        Durations.format(toleratedOutage),
        maxBacklog / toleratedOutage.toSeconds(),
        maxBacklog,
        Setting.PERSISTENCE_MAX_BACKLOG.key());
  }
}
