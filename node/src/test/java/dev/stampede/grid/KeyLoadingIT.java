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
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions that Hazelcast takes for not loaded yet, though there is nothing to load. */
class KeyLoadingIT {

  private static final int PARTITIONS = 271;

  /** More than Hazelcast has threads that load keys. */
  private static final int OBSTACLES = 64;

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration MOVED = Duration.ofSeconds(60);

  /** Longer than the loading of no keys takes. */
  private static final Duration LOADED = Duration.ofSeconds(3);

  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() {
    released.countDown();
  }

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
      holdLoading(first);
      touchAll(first);
      KeyLoading loading = new KeyLoading(first);
      await().atMost(SOON).until(() -> loading(loading) == PARTITIONS);
      HazelcastInstance second = grid.start(); // takes half of them, which leave backups behind
      await().atMost(MOVED).until(() -> owned(first) == PARTITIONS - owned(second));
      await().atMost(MOVED).until(second.getPartitionService()::isClusterSafe);

      released.countDown();
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
      List<HazelcastInstance> members = List.of(cluster.hazelcast(0), cluster.hazelcast(1));
      members.forEach(this::holdLoading);
      members.forEach(KeyLoadingIT::touchAll);

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
      released.countDown(); // before the members leave: their threads would wait
    }
  }

  /** From here on a loading begins and does not end. */
  private void holdLoading(HazelcastInstance member) {
    ExecutionService executors = Util.getNodeEngine(member).getExecutionService();
    for (int i = 0; i < OBSTACLES; i++) {
      executors.execute(ExecutionService.MAP_LOAD_ALL_KEYS_EXECUTOR, this::awaitRelease);
    }
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the member ends
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

  private record PartitionTask(int getPartitionId, Runnable work)
      implements PartitionSpecificRunnable {
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
