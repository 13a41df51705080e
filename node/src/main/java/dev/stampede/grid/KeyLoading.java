package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.MapServiceContext;
import com.hazelcast.map.impl.recordstore.RecordStore;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the loading of keys by which Hazelcast begins with every partition of a map that has a
 * store. The maps of shards have no keys to load ({@link StockShardStore#loadAllKeys}), but
 * Hazelcast refuses every call to the partition until it knows that.
 *
 * <p>In Hazelcast 5.7.0 a member may never learn it. It begins to load when it first touches a
 * partition that it owns, and the end is reported to the owner of the partition ({@code
 * MapKeyLoader.updateLocalKeyLoadStatus}). If the partition moves in between and the member becomes
 * a backup, the report goes to the new owner. The backup then acknowledges no change of any shard
 * in the partition, so none is put to work, and it would refuse all calls as the next owner.
 * Hazelcast has no public way to end a loading.
 *
 * <p>Threads: any one at a time looks; the end is noted on the thread of the partition. A look
 * takes no lock and sends nothing.
 */
final class KeyLoading {

  private static final Logger LOG = LoggerFactory.getLogger(KeyLoading.class);
  private static final List<String> MAPS = List.of(GridMaps.STOCK, GridMaps.DEDICATED_STOCK);

  private final NodeEngine engine;
  private final MapServiceContext maps;

  /** Of this member, of which some replicas may be unknown yet. */
  KeyLoading(HazelcastInstance member) {
    engine = Util.getNodeEngine(member);
    MapService service = engine.getService(MapService.SERVICE_NAME);
    maps = service.getMapServiceContext();
  }

  /** Ends what has begun on this member, whether it owns the partition or not. */
  void end() {
    for (int partition = 0; partition < partitions(); partition++) {
      for (String map : MAPS) {
        if (isLoading(map, partition)) {
          LOG.debug("ending the loading of keys of {} in partition {}", map, partition);
          engine.getOperationService().execute(new End(map, partition));
        }
      }
    }
  }

  private int partitions() {
    return engine.getPartitionService().getPartitionCount();
  }

  /** Whether calls to a partition are refused for now. */
  boolean isLoading(String map, int partition) {
    return store(map, partition).map(store -> !store.isLoaded()).orElse(false);
  }

  private Optional<RecordStore<?>> store(String map, int partition) {
    return Optional.ofNullable(maps.getExistingRecordStore(partition, map));
  }

  private final class End implements PartitionSpecificRunnable {
    private final String map;
    private final int partition;

    private End(String map, int partition) {
      this.map = map;
      this.partition = partition;
    }

    @Override
    public int getPartitionId() {
      return partition;
    }

    /** As Hazelcast's own report does. Without a loading it would be an error. */
    @Override
    public void run() {
      store(map, partition)
          .filter(store -> !store.isLoaded())
          .ifPresent(store -> store.updateLoadStatus(true, null));
    }
  }
}
