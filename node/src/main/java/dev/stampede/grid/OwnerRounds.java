package dev.stampede.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What shards need without anybody asking. Every {@value #PERIOD_MILLIS} ms a node looks at the
 * shards that it owns, and sends one command through the lane, as anyone would, to those
 *
 * <ul>
 *   <li>with orders whose deadline has passed: they end;
 *   <li>with changes that are not stored: the command confirms what the backups have, and marks the
 *       shard for the write-behind store once more, in case an earlier write failed;
 *   <li>that it has not met as their owner: it learns of them.
 * </ul>
 *
 * <p>It also looks after the replicas that it has for others ({@link KeyLoading}).
 *
 * <p>Threads: one timer thread, which never waits for the grid; the work itself is done by lanes
 * and owners, and the list of sales is read on a thread that may block.
 */
final class OwnerRounds implements Runnable {

  /** How often, and so how late an order may end or a change be confirmed on an idle shard. */
  static final int PERIOD_MILLIS = 200;

  /** Orders that end in one command: as many as a full batch of purchases would touch. */
  private static final int MOST_EXPIRED = 512;

  /** The list of sales is looked at anew every so many rounds, told of a change or not. */
  private static final int ROUNDS_PER_REFRESH = 5;

  private static final Logger LOG = LoggerFactory.getLogger(OwnerRounds.class);

  private final GridSales sales;
  private final GridStock stock;
  private final LocalShards local;
  private final PartitionService partitions;
  private final KeyLoading loading;
  private final Executor blocking;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private int round;

  OwnerRounds(
      GridSales sales,
      GridStock stock,
      LocalShards local,
      HazelcastInstance member,
      Executor blocking) {
    this.sales = sales;
    this.stock = stock;
    this.local = local;
    this.partitions = member.getPartitionService();
    this.loading = new KeyLoading(member);
    this.blocking = blocking;
  }

  @Override
  public void run() {
    try {
      stock.giveUpOverdue();
      loading.end();
      if (round++ % ROUNDS_PER_REFRESH == 0 || sales.isStale()) {
        refreshSales();
      }
      visitOwned();
    } catch (RuntimeException e) {
      // The grid is changing or leaving; the timer would stop for good if this went further.
      LOG.debug("a round was cut short", e);
    }
  }

  /** Waits for every member, and one may hang; the rounds go on with the list that there is. */
  private void refreshSales() {
    if (refreshing.compareAndSet(false, true)) {
      blocking.execute(() -> {
        try {
          sales.refresh();
        } catch (RuntimeException e) {
          LOG.debug("the list of sales was not refreshed", e);
        } finally {
          refreshing.set(false);
        }
      });
    }
  }

  /** Sends the command to every owned shard that needs it. */
  void visitOwned() {
    for (Sale sale : sales.all()) {
      owned(sale).stream().filter(this::needsVisit).forEach(this::visit);
    }
  }

  private void visit(StockKey key) {
    CompletableFuture<Outcome> _ = stock.execute(key, new ShardCommand.Expire(MOST_EXPIRED));
  }

  private List<StockKey> owned(Sale sale) {
    return StockKey.all(sale.id(), sale.terms().shards()).stream().filter(this::isOwned).toList();
  }

  /** Whether this node owns the partition of a shard. */
  boolean isOwned(StockKey key) {
    return owningMember(key).filter(Member::localMember).isPresent();
  }

  /** Where the owner of a shard is; empty while its partition has none. */
  Optional<Address> owner(StockKey key) {
    return owningMember(key).map(Member::getAddress);
  }

  private Optional<Member> owningMember(StockKey key) {
    return Optional.ofNullable(partitions.getPartition(key).getOwner());
  }

  private boolean needsVisit(StockKey key) {
    Optional<StockShard> known = local.find(key);
    return known.isEmpty()
        || known.get().nextDeadline() <= System.currentTimeMillis()
        || !known.get().unstored().isEmpty();
  }

  /**
   * Whether every shard that this node owns is in the database as it is. One that is not known here
   * may not be: the next round makes it known, as long as the grid can be asked at all.
   *
   * @param hasQuorum whether it can
   */
  boolean isAllStored(boolean hasQuorum) {
    List<StockKey> owned = sales.all().stream().flatMap(sale -> owned(sale).stream()).toList();
    return owned.stream()
        .map(local::find)
        .allMatch(shard -> shard.map(OwnerRounds::isStored).orElse(!hasQuorum));
  }

  private static boolean isStored(StockShard shard) {
    return shard.unstored().isEmpty() || shard.isFenced();
  }
}
