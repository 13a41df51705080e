package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.stock.ShardBounds;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * The shards that this node has worked on as their owner, for those parts of a shard that any
 * thread may use. Bounded by the number of shards there are; forgotten whenever partitions move,
 * and learned again from the next command.
 *
 * <p>Entry processors find it in the user context of the member that they run on.
 */
final class LocalShards {

  private static final String CONTEXT_KEY = "stampede.local-shards";

  private final ConcurrentMap<StockKey, StockShard> shards = new ConcurrentHashMap<>();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder losses = new LongAdder();
  private final LongAdder changedOrders = new LongAdder();
  private final ShardBounds bounds;
  private final NodeClock clock;
  private volatile Predicate<StockKey> backedUp = key -> true;
  private volatile boolean alone;
  private volatile boolean quorum;

  /**
   * None yet.
   *
   * @param bounds what they obey while this node is their owner
   * @param clock by whose time they are decided on
   */
  LocalShards(ShardBounds bounds, NodeClock clock) {
    this.bounds = bounds;
    this.clock = clock;
  }

  static LocalShards of(HazelcastInstance member) {
    Object entered = member.getUserContext().get(CONTEXT_KEY);
    if (entered instanceof LocalShards local) {
      return local;
    }
    throw new IllegalStateException(member.getName() + " was not started by this project");
  }

  void enterInto(ConcurrentMap<String, Object> userContext) {
    userContext.put(CONTEXT_KEY, this);
    clock.enterInto(userContext);
  }

  ShardBounds bounds() {
    return bounds;
  }

  NodeClock clock() {
    return clock;
  }

  /** Says how to know whether a shard has all its backups. */
  void setBackedUp(Predicate<StockKey> backedUp) {
    this.backedUp = backedUp;
  }

  /** Whether a change of this shard gets to as many nodes as it should. */
  boolean isBackedUp(StockKey key) {
    return backedUp.test(key);
  }

  void seen(StockShard shard) {
    if (shards.get(shard.key()) != shard) {
      shards.put(shard.key(), shard);
    }
  }

  Optional<StockShard> find(StockKey key) {
    return Optional.ofNullable(shards.get(key));
  }

  Collection<StockShard> all() {
    return List.copyOf(shards.values());
  }

  void forgetAll() {
    shards.clear();
  }

  /** Counts orders that this node changed as their owner; one that changes twice counts twice. */
  void changed(int orders) {
    changedOrders.add(orders);
  }

  long changedOrders() {
    return changedOrders.sum();
  }

  /** Counts a replica that was sent a change which does not follow the state it has. */
  void gap() {
    gaps.increment();
  }

  long gaps() {
    return gaps.sum();
  }

  /** Counts a shard that this node brought back after all its replicas had gone. */
  void lost() {
    losses.increment();
  }

  long losses() {
    return losses.sum();
  }

  /** Notes whether this is the only member: then no backup is missing a change. */
  void setAlone(boolean alone) {
    this.alone = alone;
  }

  /** Notes whether enough members are there to load shards. */
  void setQuorum(boolean quorum) {
    this.quorum = quorum;
  }

  /**
   * Whether enough members are there. Hazelcast keeps a minority from its maps, but not from the
   * database: a minority that loaded a shard would raise its epoch under the healthy side.
   */
  boolean hasQuorum() {
    return quorum;
  }

  boolean isAlone() {
    return alone;
  }
}
