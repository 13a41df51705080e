package dev.stampede.grid;

import com.hazelcast.map.MapStore;
import dev.stampede.persistence.DatabaseException;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.ShardTable;
import dev.stampede.persistence.StoreResult;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes shards behind: each time, the confirmed changes that the database lacks.
 *
 * <p>What waits to be written is kept by the shard itself ({@link
 * dev.stampede.stock.UnstoredChanges}), on the owner and on its backups. Hazelcast's own queue only
 * says when to look. So a failed write is not thrown back at that queue, which would stall every
 * other shard behind it: the changes stay where they are, and {@link OwnerRounds} asks again.
 *
 * <p>It writes without a majority as well: nodes that are stopped together leave one after the
 * other, and what is confirmed is a part of every history.
 *
 * <p>Threads: one write-behind thread of Hazelcast calls; it never touches a shard but for its
 * unstored changes.
 */
final class StockShardStore implements MapStore<StockKey, StockShard> {

  private static final Logger LOG = LoggerFactory.getLogger(StockShardStore.class);

  /**
   * Orders in one transaction: large enough that its fixed cost does not count, small enough that
   * it ends within about a quarter of a second.
   */
  static final int ORDERS_PER_TRANSACTION = 5_000;

  private final ShardTable table;
  private final DeadLetterTable deadLetters;
  private final AtomicReference<Consumer<StoredMark>> listener = new AtomicReference<>(mark -> {});
  private final LongAdder storedOrders = new LongAdder();
  private final LongAdder forks = new LongAdder();
  private final LongAdder letters = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicBoolean failing = new AtomicBoolean();

  StockShardStore(ShardTable table, DeadLetterTable deadLetters) {
    this.table = table;
    this.deadLetters = deadLetters;
  }

  /** Says who is told of commits: the grid, once it has started. */
  void tell(Consumer<StoredMark> consumer) {
    listener.set(consumer);
  }

  @Override
  public void store(StockKey key, StockShard shard) {
    storeAll(Map.of(key, shard));
  }

  @Override
  public void storeAll(Map<StockKey, StockShard> shards) {
    boolean failed = false;
    for (StockShard shard : shards.values()) {
      try {
        write(shard);
      } catch (DatabaseException e) {
        failed = true;
        report(shard, e);
        if (e.isUnreachable()) {
          break; // the others would only wait for the same time-out
        }
      }
    }
    if (!failed && failing.getAndSet(false)) {
      LOG.info("the database takes orders again");
    }
  }

  private void report(StockShard shard, DatabaseException e) {
    failures.increment();
    if (!failing.getAndSet(true)) {
      LOG.warn(
          "the database takes no orders of {}, which are kept in the grid meanwhile",
          shard.key(),
          e);
    }
  }

  private void write(StockShard shard) {
    List<ShardChange> changes = shard.unstored().confirmed(ORDERS_PER_TRANSACTION);
    while (!changes.isEmpty() && !shard.isFenced() && write(shard, changes)) {
      changes = shard.unstored().confirmed(ORDERS_PER_TRANSACTION);
    }
  }

  /** Whether it makes sense to go on with this shard now. */
  private boolean write(StockShard shard, List<ShardChange> changes) {
    return switch (table.store(shard.key(), shard.epochs(), changes)) {
      case StoreResult.Stored stored -> {
        stored(shard, stored.seq());
        storedOrders.add(changes.stream().mapToLong(change -> change.orders().size()).sum());
        note(shard, stored.setAside());
        yield true;
      }
      case StoreResult.Outdated outdated -> {
        LOG.info("not stored for now: {}", outdated.detail());
        shard.outdatedBy(outdated.epoch());
        yield false;
      }
      case StoreResult.Fork fork -> {
        fence(shard, fork.detail());
        yield false;
      }
    };
  }

  private void stored(StockShard shard, long seq) {
    shard.unstored().stored(seq);
    listener.get().accept(new StoredMark(shard.key(), shard.head().epoch(), seq));
  }

  private void note(StockShard shard, List<String> setAside) {
    if (!setAside.isEmpty()) {
      letters.add(setAside.size());
      LOG.error(
          "{} rows of {} are refused by the database, and set aside as dead letters: {}{}",
          setAside.size(),
          shard.key(),
          setAside.getFirst(),
          setAside.size() == 1 ? "" : ", …");
    }
  }

  /** What buyers were told of is kept for people to look at; only then the shard stops for good. */
  private void fence(StockShard shard, String detail) {
    List<ShardChange> lost = shard.unstored().all();
    deadLetters.keep(lost, detail);
    letters.add(lost.size());
    forks.increment();
    shard.fence();
    LOG.error("shard {} sells no more on this side: {}", shard.key(), detail);
  }

  long storedOrders() {
    return storedOrders.sum();
  }

  long letters() {
    return letters.sum();
  }

  long forks() {
    return forks.sum();
  }

  long failures() {
    return failures.sum();
  }

  /** Shards never leave the grid, so nothing is ever deleted. */
  @Override
  public void delete(StockKey key) {
    throw new UnsupportedOperationException("shards are not deleted: " + key);
  }

  @Override
  public void deleteAll(Collection<StockKey> keys) {
    throw new UnsupportedOperationException("shards are not deleted: " + keys);
  }

  /**
   * Nothing, without asking the database: this is called on the partition's thread, and on a backup
   * as well as on the owner. {@link ShardInstaller} does the loading.
   */
  @Override
  public @Nullable StockShard load(StockKey key) {
    return null;
  }

  @Override
  public Map<StockKey, StockShard> loadAll(Collection<StockKey> keys) {
    return Map.of();
  }

  @Override
  public Iterable<StockKey> loadAllKeys() {
    return List.of();
  }
}
