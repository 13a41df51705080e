package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.cluster.ClusterService;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.spi.impl.NodeEngineImpl;
import dev.stampede.stock.StockKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Whether a shard has all the backups that it should have, as this member sees it. Hazelcast's own
 * protection counts members, and its calls wait for those backups that there are: a member that is
 * cut off misses the others one after the other, so that for a second or so it may still count a
 * majority and wait for nobody. There is no public way to ask for the backups of one key.
 *
 * <p>A backup counts if the partition table names it <i>and</i> it is a member. Hazelcast removes a
 * member at once and repairs the table later; between the two it sends the backup nothing and waits
 * for no acknowledgement ({@code OperationBackupHandler.skipSendingBackupToTarget}).
 *
 * <p>Any thread may ask: it takes no lock and makes no object. It keeps the partition of each shard
 * that was asked for.
 */
final class Backups {

  private final InternalPartitionService partitions;
  private final ClusterService cluster;
  private final int wanted;
  private final ConcurrentMap<StockKey, InternalPartition> known = new ConcurrentHashMap<>();

  /**
   * Backups in the grid of a member.
   *
   * @param wanted how many each shard should have, 0 or more
   */
  Backups(HazelcastInstance member, int wanted) {
    NodeEngineImpl engine = Util.getNodeEngine(member);
    this.partitions = engine.getPartitionService();
    this.cluster = engine.getClusterService();
    this.wanted = wanted;
  }

  boolean areComplete(StockKey key) {
    InternalPartition partition = known.get(key);
    if (partition == null) {
      partition = partitions.getPartition(partitions.getPartitionId(key));
      known.put(key, partition);
    }
    for (int number = 1; number <= wanted; number++) {
      PartitionReplica replica = partition.getReplica(number);
      if (replica == null || cluster.getMember(replica.address(), replica.uuid()) == null) {
        return false;
      }
    }
    return true;
  }
}
