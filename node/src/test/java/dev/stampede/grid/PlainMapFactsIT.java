package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.map.MapStoreAdapter;
import com.hazelcast.spi.properties.ClusterProperty;
import dev.stampede.config.ClusterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What plain Hazelcast does where an owner is killed, without the commands, lanes and shards of
 * this project: why those are as they are. To be looked at again with each new Hazelcast.
 */
@Tag("long")
class PlainMapFactsIT {

  /** How long backups keep what waits to be written, where that is too short. */
  static final Duration SHORT = Duration.ofSeconds(4);

  /** Longer than that, with the store's delay of a second and its rounds of a second. */
  static final Duration OUTAGE = SHORT.plusSeconds(4);

  private static final Duration AS_CONFIGURED = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MAP = "plain";
  private static final int ENTRIES = 3;

  private final List<HazelcastInstance> members = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  @AfterEach
  void stop() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  @Test
  void decrement_whenItsOwnerIsKilled_isDoneTwice() {
    assertThat(decrementWhileTheOwnerIsKilled(false)).succeedsWithin(PATIENCE).isEqualTo(8);
  }

  @Test
  void decrement_whenItsOwnerIsKilledAndTheUnknownFails_isDoneOnceButNobodyIsTold() {
    assertThat(decrementWhileTheOwnerIsKilled(true))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(IndeterminateOperationStateException.class);
    assertThat(this.<Integer>mapOf(1).values()).containsExactly(9);
  }

  @Test
  void writeBehind_whenItsOwnerIsKilledAfterALongOutage_isLost() {
    assertThat(writtenAfterAnOutage(SHORT)).isZero();
  }

  @Test
  void writeBehind_whenBackupsKeepItLonger_isNotLost() {
    assertThat(writtenAfterAnOutage(AS_CONFIGURED)).isEqualTo(ENTRIES);
  }

  /** Of 10 units one is taken; the owner is killed when the backup has taken it too. */
  private CompletableFuture<Integer> decrementWhileTheOwnerIsKilled(boolean failOnUnknown) {
    Map<String, String> properties =
        Map.of(ClusterProperty.FAIL_ON_INDETERMINATE_OPERATION_STATE.getName(), "" + failOnUnknown);
    start(properties, new Rows());
    start(properties, new Rows());
    int units = keysOfTheFirst(1).getFirst();
    this.<Integer>mapOf(0).put(units, 10);
    TakeOnBackup.taken = new CountDownLatch(1);
    TakeOnBackup.mayAnswer = new CountDownLatch(1);
    CompletableFuture<Integer> left =
        this.<Integer>mapOf(1).submitToKey(units, new Take()).toCompletableFuture();
    TakeOnBackup.await(TakeOnBackup.taken);
    kill();
    TakeOnBackup.mayAnswer.countDown();
    return left;
  }

  /** How many of the owner's entries are in the end written by the member that is left. */
  private int writtenAfterAnOutage(Duration backupsKeep) {
    Rows rows = new Rows();
    start(backupsKeep(backupsKeep), rows);
    start(backupsKeep(backupsKeep), rows);
    List<Integer> keys = keysOfTheFirst(ENTRIES + 1);
    rows.away = true;
    keys.subList(0, ENTRIES).forEach(key -> this.<Integer>mapOf(0).put(key, 1));
    await().pollDelay(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> true);
    kill();
    rows.away = false;
    this.<Integer>mapOf(1).put(keys.getLast(), 1);
    await().atMost(PATIENCE).until(() -> rows.stored.containsKey(keys.getLast()));
    mapOf(1).flush();
    return rows.stored.size() - 1;
  }

  static Map<String, String> backupsKeep(Duration time) {
    return Map.of(
        ClusterProperty.MAP_REPLICA_SCHEDULED_TASK_DELAY_SECONDS.getName(), "" + time.toSeconds());
  }

  private void start(Map<String, String> properties, Rows rows) {
    int port = TestCluster.freePort();
    String name = "plain-" + System.identityHashCode(this);
    ClusterSettings settings =
        new ClusterSettings(
            name, 2, "127.0.0.1", port, List.copyOf(addresses), false, TestCluster.MAX_CLOCK_SKEW);
    Config config =
        GridConfig.of(name + "-" + port, settings, TestCluster.PERSISTENCE, TestCluster.SECRET);
    properties.forEach(config::setProperty);
    config
        .getMapConfig(MAP)
        .setMapStoreConfig(new MapStoreConfig().setImplementation(rows).setWriteDelaySeconds(1));
    members.add(GridNodeContext.start(config));
    addresses.add("127.0.0.1:" + port);
  }

  private <V> IMap<Integer, V> mapOf(int member) {
    return members.get(member).getMap(MAP);
  }

  private List<Integer> keysOfTheFirst(int count) {
    HazelcastInstance first = members.getFirst();
    await().atMost(PATIENCE).until(() -> first.getPartitionService().isClusterSafe());
    return IntStream.range(0, Integer.MAX_VALUE)
        .filter(key -> first.getPartitionService().getPartition(key).getOwner().localMember())
        .limit(count)
        .boxed()
        .toList();
  }

  /** Ends the first member, whose threads may well complain; the second has noticed. */
  private void kill() {
    members.getFirst().getLifecycleService().terminate();
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() -> members.getLast().getCluster().getMembers().size() == 1);
  }

  /** A database that may be away. */
  private static final class Rows extends MapStoreAdapter<Integer, Integer> {
    private final Map<Integer, Integer> stored = new ConcurrentHashMap<>();
    private volatile boolean away;

    @Override
    public void store(Integer key, Integer value) {
      if (away) {
        throw new IllegalStateException("the database is away");
      }
      stored.put(key, value);
    }
  }

  /** Takes a unit in the plain way: once for each time that it is carried out. */
  private static final class Take implements EntryProcessor<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public Integer process(Map.Entry<Integer, Integer> entry) {
      return entry.setValue(entry.getValue() - 1) - 1;
    }

    @Override
    public EntryProcessor<Integer, Integer, Integer> getBackupProcessor() {
      return new TakeOnBackup();
    }
  }

  /** The same on the backup, which does not acknowledge it before it may. */
  private static final class TakeOnBackup implements EntryProcessor<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1;

    private static volatile CountDownLatch taken = new CountDownLatch(0);
    private static volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    @Override
    public Integer process(Map.Entry<Integer, Integer> entry) {
      entry.setValue(entry.getValue() - 1);
      taken.countDown();
      await(mayAnswer);
      return entry.getValue();
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
