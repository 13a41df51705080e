package dev.stampede.grid;

import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.map.MapLoader;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import dev.stampede.members.LoopbackGrid;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Partitions that Hazelcast takes for not loaded yet, though there is nothing to load. */
class KeyLoadingIT {

  private static final int PARTITIONS = 271;
  private static final String LOADING = ExecutionService.MAP_LOAD_ALL_KEYS_EXECUTOR;

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration MOVED = Duration.ofSeconds(60);

  /** Longer than the loading of no keys takes. */
  private static final Duration LOADED = Duration.ofSeconds(3);

  /** The fault of Hazelcast that it is there for; if this fails, {@link KeyLoading} may go. */
  @Test
  void partition_whenItMovesDuringTheLoading_isNeverLoadedOnItsBackup() {
    try (LoopbackGrid grid =
        new LoopbackGrid(config -> {
          config.getMapConfig(GridMaps.STOCK).setBackupCount(1);
          config
              .getMapConfig(GridMaps.STOCK)
              .getMapStoreConfig()
              .setEnabled(true)
              .setImplementation(new NoKeys());
        })) {
      HazelcastInstance first = grid.start();
      await().until(() -> owned(first) == PARTITIONS); // asking is what makes it so
      KeyLoading loading = new KeyLoading(first);
      HazelcastInstance second;
      try (HungExecutor _ = HungExecutor.on(LOADING, first)) {
        touchAll(first);
        await().atMost(SOON).until(() -> loading(loading) == PARTITIONS);
        second = grid.start(); // takes half of them, which leave backups behind
        await().atMost(MOVED).until(() -> owned(first) == PARTITIONS - owned(second));
        await().atMost(MOVED).until(second.getPartitionService()::isClusterSafe);
      }

      await()
          .during(LOADED)
          .atMost(SOON)
          .until(() -> owned(second) > 0 && loading(loading) == owned(second));

      loading.end();
      await().atMost(SOON).until(() -> loading(loading) == 0);
    }
  }

  @Test
  void loading_whenItDoesNotEnd_isEndedByTheNodes() {
    try (TestCluster cluster = new TestCluster(2, TestDatabase.fresh())) {
      HazelcastInstance[] members = {cluster.hazelcast(0), cluster.hazelcast(1)};
      try (HungExecutor _ = HungExecutor.on(LOADING, members)) {
        List.of(members).forEach(KeyLoadingIT::touchAll);

        StockKey key = new TierSales(cluster).publish("sale", Tier.STANDARD);
        await()
            .atMost(SOON)
            .until(() ->
                cluster.member(0).stock().execute(key, new ShardCommand.View()).join()
                    instanceof Outcome.Viewed);
        for (HazelcastInstance member : members) {
          KeyLoading loading = new KeyLoading(member);
          await().atMost(SOON).until(() -> loading(loading) == 0);
        }
      }
    }
  }

  /** As the first call to each partition does, before it is refused for now. */
  private static void touchAll(HazelcastInstance member) {
    NodeEngine engine = Util.getNodeEngine(member);
    MapService maps = engine.getService(MapService.SERVICE_NAME);
    IntStream.range(0, PARTITIONS)
        .mapToObj(partition ->
            new PartitionTask(
                partition,
                () -> maps.getMapServiceContext().getRecordStore(partition, GridMaps.STOCK)))
        .forEach(engine.getOperationService()::execute);
  }

  private record PartitionTask(int partition, Runnable work) implements PartitionSpecificRunnable {
    @Override
    public int getPartitionId() {
      return partition;
    }

    @Override
    public void run() {
      work.run();
    }
  }

  private static long loading(KeyLoading loading) {
    return IntStream.range(0, PARTITIONS)
        .filter(partition -> loading.isLoading(GridMaps.STOCK, partition))
        .count();
  }

  private static long owned(HazelcastInstance member) {
    return member.getPartitionService().getPartitions().stream()
        .filter(partition -> member.getCluster().getLocalMember().equals(partition.getOwner()))
        .count();
  }

  private static final class NoKeys implements MapLoader<StockKey, String> {
    @Override
    public String load(StockKey key) {
      throw new UnsupportedOperationException("nobody asks for " + key);
    }

    @Override
    public Map<StockKey, String> loadAll(Collection<StockKey> keys) {
      return Map.of();
    }

    @Override
    public Iterable<StockKey> loadAllKeys() {
      return List.of();
    }
  }
}
