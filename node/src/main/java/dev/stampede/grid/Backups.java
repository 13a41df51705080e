package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.internal.partition.IPartitionService;
import com.hazelcast.jet.impl.util.Util;
import dev.stampede.stock.StockKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Whether a shard has all the backups that it should have, as this member sees it. Hazelcast's own
 * protection counts members, and its calls wait for those backups that there are: a member that is
 * cut off misses the others one after the other, so that for a second or so it may still count a
 * majority and wait for nobody. There is no public way to ask for the backups of one key.
 *
 * <p>Any thread may ask. It keeps a number for each shard that was asked for.
 */
final class Backups {

  private final IPartitionService partitions;
  private final int wanted;
  private final ConcurrentMap<StockKey, IPartition> known = new ConcurrentHashMap<>();

  /**
   * Backups in the grid of a member.
   *
   * @param wanted how many each shard should have, 0 or more
   */
  Backups(HazelcastInstance member, int wanted) {
    this.partitions = Util.getNodeEngine(member).getPartitionService();
    this.wanted = wanted;
  }

  boolean areComplete(StockKey key) {
    IPartition partition = known.get(key);
    if (partition == null) {
      partition = partitions.getPartition(partitions.getPartitionId(key));
      known.put(key, partition);
    }
    for (int replica = 1; replica <= wanted; replica++) {
      if (partition.getReplicaAddress(replica) == null) {
        return false;
      }
    }
    return true;
  }
}
