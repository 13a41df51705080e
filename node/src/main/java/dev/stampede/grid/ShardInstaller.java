package dev.stampede.grid;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.stampede.config.RecoverySettings;
import dev.stampede.order.Order;
import dev.stampede.persistence.ShardTable;
import dev.stampede.sale.SalePhase;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings shards from the database into the grid on first touch, on threads that may block: reads
 * one, puts it there ({@link InstallShard}), asks all its replicas whether they have it ({@link
 * CheckLoading}), has the database note that it is at work, unless somebody has read it since, and
 * puts it to work ({@link ProveShard}). The node that owns the shard's partition does so, as each
 * loading calls those before it in question; should two do it, the later one comes through.
 *
 * <p>Once the database has noted it, it takes nothing from an owner that was at work before, and
 * does not know yet that the others have gone on without it. So nobody notes it who is not the
 * owner: the acknowledgements of all backups show that.
 *
 * <p>A shard that this grid had put to work before, and that is not there any more, went with more
 * nodes than there were backups. What was sold from it in its last second may be unknown, so it
 * comes back frozen, for an operator to look, unless the settings say otherwise.
 */
final class ShardInstaller {

  private static final Logger LOG = LoggerFactory.getLogger(ShardInstaller.class);

  /** How often backups are asked that do not answer in time: a large shard takes them seconds. */
  private static final int MOST_CHECKS = 20;

  /** Orders in one call: about 2 MiB, some 10 ms on the thread of the partition. */
  static final int ORDERS_PER_CALL = 20_000;

  private final ShardTable table;
  private final IMap<StockKey, StockShard> stock;
  private final IMap<StockKey, Integer> opened;
  private final LocalShards local;
  private final Predicate<StockKey> owned;
  private final boolean autoReopen;
  private final Executor blocking;

  ShardInstaller(
      ShardTable table,
      IMap<StockKey, StockShard> stock,
      IMap<StockKey, Integer> opened,
      LocalShards local,
      Predicate<StockKey> owned,
      RecoverySettings recovery,
      Executor blocking) {
    this.table = table;
    this.stock = stock;
    this.opened = opened;
    this.local = local;
    this.owned = owned;
    this.autoReopen = recovery.autoReopen();
    this.blocking = blocking;
  }

  /**
   * {@code false} where the database has no such shard; fails where it cannot be asked, or this
   * side must not load. Where it is {@code true}, the shard is at work, or its owner, which looks
   * for such shards in its rounds, is about to see to it.
   */
  CompletionStage<Boolean> install(StockKey key) {
    if (!local.hasQuorum()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("fewer nodes than a majority load no shards"));
    }
    if (!local.clock().isTrusted(local.clock().millis())) {
      return CompletableFuture.failedStage(
          new IllegalStateException("a node whose clock is wrong loads no shards"));
    }
    // Without its backups it could not be put to work.
    return owned.test(key) && local.isBackedUp(key)
        ? CompletableFuture.supplyAsync(() -> load(key), blocking)
        : CompletableFuture.completedStage(true);
  }

  private boolean load(StockKey key) {
    boolean wasOpened = opened.containsKey(key);
    Optional<ShardSnapshot> read = table.load(key);
    if (read.isEmpty()) {
      return false;
    }
    int loading = read.get().head().epoch();
    ShardSnapshot snapshot = wasOpened ? afterLoss(read.get()) : read.get();
    if (put(key, snapshot) && prove(key, loading, snapshot.orders().size()) && wasOpened) {
      noteLoss(key);
    }
    return true;
  }

  /** Whether it lies there now, in as many calls as it takes. */
  private boolean put(StockKey key, ShardSnapshot snapshot) {
    List<Order> orders = snapshot.orders();
    int loading = snapshot.head().epoch();
    int end = Math.min(ORDERS_PER_CALL, orders.size());
    boolean isThere = execute(key, new InstallShard(snapshot.withOrders(orders.subList(0, end))));
    while (isThere && end < orders.size()) {
      int begin = end;
      end = Math.min(begin + ORDERS_PER_CALL, orders.size());
      isThere = execute(key, new AddOrders(loading, orders.subList(begin, end)));
    }
    return isThere;
  }

  /** The database is asked while the shard lies there: whoever read it later, finds it. */
  private boolean prove(StockKey key, int loading, int orders) {
    boolean isAtWork =
        isOnAllReplicas(key, loading, orders)
            && table.putToWork(key, loading)
            && execute(key, new ProveShard(loading));
    if (isAtWork) {
      opened.set(key, loading);
    }
    return isAtWork;
  }

  private boolean isOnAllReplicas(StockKey key, int loading, int orders) {
    for (int check = 0; check < MOST_CHECKS; check++) {
      try {
        return stock.executeOnKey(key, new CheckLoading(loading, orders)) && local.isBackedUp(key);
      } catch (IndeterminateOperationStateException e) {
        LOG.debug("a backup of {} has not got loading {} yet", key, loading, e);
      }
    }
    return false;
  }

  /**
   * Whether it was done, as far as is known: the backup of a large shard takes longer than the
   * owner waits for it, and then the owner has it all the same. What was not done is done again.
   */
  private boolean execute(StockKey key, EntryProcessor<StockKey, StockShard, Boolean> processor) {
    try {
      return stock.executeOnKey(key, processor);
    } catch (IndeterminateOperationStateException e) {
      return true;
    }
  }

  private void noteLoss(StockKey key) {
    local.lost();
    LOG.error(
        "shard {} went with more nodes than there are backups: it comes back as the database has"
            + " it{}",
        key,
        autoReopen ? "" : ", frozen; look at it, then: ./stampede sale unfreeze " + key.sale());
  }

  private ShardSnapshot afterLoss(ShardSnapshot read) {
    long now = local.clock().millis();
    StockShard shard = new StockShard(read);
    if (!autoReopen && shard.view(now).phase() != SalePhase.CLOSED) {
      shard
          .decide(List.of(new ShardCommand.Freeze(true)), now, local.bounds())
          .change()
          .ifPresent(shard::apply);
    }
    return shard.snapshot();
  }
}
