package dev.stampede.grid;

import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a shard once more whose writes the database refuses because somebody loaded it since. For a
 * moment that is usual: two nodes that touch a cold shard both read it. Where it lasts, the node
 * that read it has died before it could pass the epoch on, and without this the shard would never
 * be written again.
 *
 * <p>A side of a cut that has no majority never gets here: it neither writes nor loads.
 *
 * <p>Threads: the write-behind threads of the store. Bounded by the number of shards.
 */
final class EpochRenewal {

  /** Ten times what a loading takes from reading to being put into the grid. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(EpochRenewal.class);

  private final ConcurrentMap<StockKey, Long> outdatedSince = new ConcurrentHashMap<>();
  private final Consumer<StockKey> load;

  /** With what loads a shard; it must not block. */
  EpochRenewal(Consumer<StockKey> load) {
    this.load = load;
  }

  /** A write was refused. */
  void refused(StockKey key) {
    long now = System.nanoTime();
    Long since = outdatedSince.putIfAbsent(key, now);
    if (since != null && now - since >= PATIENCE_NANOS) {
      LOG.warn("{} was loaded by a node that did not put it into the grid: loading it again", key);
      outdatedSince.remove(key);
      load.accept(key);
    }
  }

  /** A write went through. */
  void stored(StockKey key) {
    outdatedSince.remove(key);
  }
}
