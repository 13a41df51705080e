package dev.stampede.grid;

import static dev.stampede.grid.GridFaultsIT.assertSettles;
import static dev.stampede.grid.GridFaultsIT.execute;
import static dev.stampede.grid.GridFaultsIT.join;
import static dev.stampede.grid.GridFaultsIT.report;
import static dev.stampede.grid.GridFaultsIT.reserve;
import static dev.stampede.grid.GridFaultsIT.sale;
import static dev.stampede.grid.GridFaultsIT.sold;
import static dev.stampede.grid.GridFaultsIT.stored;
import static dev.stampede.grid.GridFaultsIT.wave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.spi.properties.ClusterProperty;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.RecoverySettings;
import dev.stampede.order.OrderKey;
import dev.stampede.persistence.EmbeddedDatabase;
import dev.stampede.persistence.ShardTable;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the grid's settings are for, each test beside the same experiment without the setting: an
 * owner ends as by {@code kill -9} at the worst moment, or goes on without its backup. What plain
 * Hazelcast does in such a moment is in {@link PlainMapFactsIT}.
 */
class GridFactsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than an owner waits for its backups, and than the store waits before it writes. */
  private static final Duration BEYOND_ALL_WAITS = Duration.ofSeconds(4);

  private static final StockKey KEY = new StockKey(new SaleId("fact"), 0);
  private static final OrderKey FIRST = new OrderKey(1, 1);
  private static final OrderKey SECOND = new OrderKey(2, 2);

  @Test
  void ownerKilled_whileItsBackupLacksAnOrder_isNotReportedBeforeTheOrderIsSafe() {
    try (TestCluster cluster = selling(3, Map.of())) {
      CompletableFuture<Outcome> answer;
      try (HungReplica _ = hung(cluster, 1)) {
        answer = buySecond(cluster);
        pass(BEYOND_ALL_WAITS);
        assertThat(answer).as("only the owner has it").isNotDone();
        killOwner(cluster);
      }
      assertThat(answer.join())
          .isInstanceOfSatisfying(
              Outcome.Reserved.class,
              reserved ->
                  assertThat(reserved.replayed()).as("nobody was left who had it").isFalse());
      assertBothSoldOnce(cluster);
    }
  }

  @Test
  void ownerKilled_whileItsBackupLacksAnOrder_losesOneThatWasReportedWithoutTheSetting() {
    Map<String, String> withoutIt =
        Map.of(ClusterProperty.FAIL_ON_INDETERMINATE_OPERATION_STATE.getName(), "false");
    try (TestCluster cluster = selling(3, withoutIt)) {
      try (HungReplica _ = hung(cluster, 1)) {
        assertThat(buySecond(cluster).join()).isInstanceOf(Outcome.Reserved.class);
        killOwner(cluster);
      }
      assertThat(execute(cluster, KEY, new ShardCommand.Find(SECOND)))
          .isEqualTo(new Outcome.UnknownOrder());
    }
  }

  @Test
  void backupGone_whileTheTableNamesIt_nothingIsReported() {
    try (TestCluster cluster = selling(3, Map.of())) {
      crashBackupThatTheTableKeepsNaming(cluster);
      CompletableFuture<Outcome> answer = buySecondAtTheOwner(cluster);
      pass(Duration.ofSeconds(1));
      assertThat(answer).as("only the owner could have it").isNotDone();
      cluster.partitions().forEach(InternalPartitionService::resumeMigration);

      assertThat(answer.join()).isInstanceOf(Outcome.Reserved.class);
      assertBothSoldOnce(cluster);
    }
  }

  @Test
  void backupGone_whileTheTableNamesIt_isNotAwaitedWithoutTheCheck() {
    try (TestCluster cluster = selling(3, Map.of())) {
      crashBackupThatTheTableKeepsNaming(cluster);
      LocalShards.of(cluster.hazelcast(cluster.replica(KEY, 0))).setBackedUp(_ -> true);
      assertThat(buySecondAtTheOwner(cluster)).succeedsWithin(BEYOND_ALL_WAITS);
      cluster.partitions().forEach(InternalPartitionService::resumeMigration);
    }
  }

  @Test
  void shardLoaded_whileItsBackupDoesNotAnswer_isNotPutToWork() {
    try (TestCluster cluster =
        new TestCluster(3, TestDatabase.fresh(), new RecoverySettings(true))) {
      openSale(cluster);
      int before = cluster.provenEpoch(KEY);
      GridMaps.of(cluster.hazelcast(0)).stock(Tier.STANDARD).evict(KEY);
      pass(BEYOND_ALL_WAITS); // the queue of the write-behind store keeps it for so long
      CompletableFuture<Outcome> answer;
      try (HungReplica _ = hung(cluster, 1)) {
        answer = buySecondAtTheOwner(cluster);
        pass(BEYOND_ALL_WAITS);
        assertThat(cluster.provenEpoch(KEY))
            .as("the backup may have another owner")
            .isEqualTo(before);
      }
      assertThat(answer.join()).isInstanceOf(Outcome.Reserved.class);
      assertThat(cluster.provenEpoch(KEY)).isGreaterThan(before);
    }
  }

  @Test
  void ownerThatHung_afterASuccessorWasPutToWork_storesNothingMore() {
    try (TestCluster cluster = selling(3, Map.of())) {
      ShardTable shards = cluster.shards();
      int successor = shards.load(KEY).orElseThrow().head().epoch();
      assertThat(shards.putToWork(KEY, successor)).isTrue();
      long before = stored(cluster, KEY).seq();

      assertThat(buySecond(cluster).join()).isInstanceOf(Outcome.Reserved.class);
      await().atMost(PATIENCE).until(() -> !cluster.deadLetters().isEmpty());

      assertThat(stored(cluster, KEY).seq()).isEqualTo(before);
      assertThat(execute(cluster, KEY, reserve(new OrderKey(3, 3), 1)))
          .isEqualTo(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
    }
  }

  @Test
  void ownerKilled_whenOneOfTwoBackupsHasAnOrder_sellsItOnce() {
    try (TestCluster cluster = selling(4, Map.of())) {
      CompletableFuture<Outcome> answer;
      try (HungReplica _ = hung(cluster, 2)) {
        answer = buySecond(cluster);
        pass(BEYOND_ALL_WAITS);
        killOwner(cluster);
      }
      assertThat(answer.join())
          .isInstanceOfSatisfying(
              Outcome.Reserved.class,
              reserved -> assertThat(reserved.replayed()).as("the successor had it").isTrue());
      assertBothSoldOnce(cluster);
    }
  }

  @Test
  void ownerWithoutItsBackup_writesNothingThatTheBackupLacks() {
    try (TestCluster cluster = selling(3, Map.of())) {
      long before = stored(cluster, KEY).seq();
      CompletableFuture<Outcome> answer;
      try (HungReplica _ = hung(cluster, 1)) {
        answer = buySecond(cluster);
        pass(BEYOND_ALL_WAITS);
        assertThat(stored(cluster, KEY).seq()).isEqualTo(before);
      }
      assertThat(answer.join()).isInstanceOf(Outcome.Reserved.class);
      assertBothSoldOnce(cluster);
    }
  }

  @Test
  void ownerWithoutItsBackup_writesAtOnceWhatNeedsNoConfirmation() {
    try (TestCluster cluster = selling(3, Map.of())) {
      long before = stored(cluster, KEY).seq();
      try (HungReplica _ = hung(cluster, 1)) {
        LocalShards.of(cluster.hazelcast(cluster.replica(KEY, 0))).setAlone(true);
        CompletableFuture<Outcome> answer = buySecond(cluster);
        await().atMost(PATIENCE).until(() -> stored(cluster, KEY).seq() > before);
        assertThat(answer).as("the backup lacks what is written").isNotDone();
      }
    }
  }

  @Test
  void ownerKilled_afterAnOutageLongerThanBackupsKeepTheirQueue_losesNothing(@TempDir Path folder)
      throws Exception {
    EmbeddedDatabase server = EmbeddedDatabase.start(folder, OptionalInt.empty());
    OptionalInt port = OptionalInt.of(server.port());
    DatabaseSettings database =
        new DatabaseSettings(server.url(), server.user(), server.password(), 4);
    try (TestCluster cluster =
        new TestCluster(3, database, PlainMapFactsIT.backupsKeep(PlainMapFactsIT.SHORT))) {
      openSale(cluster);
      server.stop();
      int sold = sold(join(wave(cluster.member(bystander(cluster)), KEY, 3))).size();
      pass(PlainMapFactsIT.OUTAGE);
      killOwner(cluster);

      server = EmbeddedDatabase.start(folder, port);
      assertSettles(cluster, KEY);
      assertThat(stored(cluster, KEY).counts().held()).isEqualTo(sold + 1L);
    } finally {
      server.stop();
    }
  }

  /** A grid in which one order has been taken and stored. */
  private static TestCluster selling(int size, Map<String, String> properties) {
    TestCluster cluster = new TestCluster(size, TestDatabase.fresh(), properties);
    openSale(cluster);
    return cluster;
  }

  private static void openSale(TestCluster cluster) {
    cluster.member(0).sales().publish(sale(KEY, 1_000, Duration.ofMinutes(5)));
    assertThat(execute(cluster, KEY, reserve(FIRST, 1))).isInstanceOf(Outcome.Reserved.class);
    assertSettles(cluster, KEY);
  }

  /** As Hazelcast leaves it between the removal of a member and the repair of its table. */
  private static void crashBackupThatTheTableKeepsNaming(TestCluster cluster) {
    cluster.partitions().forEach(InternalPartitionService::pauseMigration);
    crash(cluster, 1);
    assertThat(cluster.partitions().getFirst().getPartition(partition(cluster)).getReplica(1))
        .isNotNull();
  }

  private static int partition(TestCluster cluster) {
    return cluster.partitions().getFirst().getPartitionId(KEY);
  }

  private static CompletableFuture<Outcome> buySecondAtTheOwner(TestCluster cluster) {
    return cluster.member(cluster.replica(KEY, 0)).stock().execute(KEY, reserve(SECOND, 1));
  }

  private static HungReplica hung(TestCluster cluster, int replica) {
    return HungReplica.on(cluster.hazelcast(cluster.replica(KEY, replica)), KEY);
  }

  private static CompletableFuture<Outcome> buySecond(TestCluster cluster) {
    return cluster.member(bystander(cluster)).stock().execute(KEY, reserve(SECOND, 1));
  }

  /** A member that has no replica of the shard, and so outlives all that happens to them. */
  private static int bystander(TestCluster cluster) {
    int replicas = cluster.members() / 2 + 1;
    return IntStream.range(0, cluster.members())
        .filter(member ->
            IntStream.range(0, replicas).noneMatch(i -> cluster.replica(KEY, i) == member))
        .findFirst()
        .orElseThrow();
  }

  /** Ends the owner, whose threads may well complain; the others have noticed. */
  private static void killOwner(TestCluster cluster) {
    crash(cluster, 0);
  }

  private static void crash(TestCluster cluster, int replica) {
    cluster.crash(cluster.replica(KEY, replica));
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() ->
            IntStream.range(0, cluster.members())
                .allMatch(i -> cluster.member(i).members() == cluster.members()));
  }

  private static void assertBothSoldOnce(TestCluster cluster) {
    for (OrderKey order : new OrderKey[] {FIRST, SECOND}) {
      assertThat(execute(cluster, KEY, new ShardCommand.Find(order)))
          .isInstanceOf(Outcome.Found.class);
    }
    assertThat(report(cluster, KEY).counts().held()).isEqualTo(2);
    assertSettles(cluster, KEY);
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plus(PATIENCE)).until(() -> true);
  }
}
