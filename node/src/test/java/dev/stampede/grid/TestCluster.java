package dev.stampede.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.spi.impl.NodeEngine;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.DedicatedSettings;
import dev.stampede.config.LaneSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.config.RecoverySettings;
import dev.stampede.config.SaleSettings;
import dev.stampede.config.StoreSettings;
import dev.stampede.persistence.AuditTable;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.DatabaseClock;
import dev.stampede.persistence.DeadLetter;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.SaleTable;
import dev.stampede.persistence.ShardTable;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.StockKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Members of one grid in this JVM, each with its own way to one real database. */
final class TestCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static final PersistenceSettings PERSISTENCE =
      new PersistenceSettings(1_000_000, Duration.ofMinutes(50));

  static final GridSecret SECRET = GridSecret.of(Base64.getEncoder().encodeToString(new byte[32]));

  static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(2);

  /** Few, so that a test gets there. */
  static final int MOST_OPEN_ORDERS = 3;

  static final LaneSettings LANE =
      new LaneSettings(10_000, 128, 10_000, 512, Duration.ofSeconds(60));

  /** All of it other than what standard sales have. */
  static final DedicatedSettings DEDICATED =
      new DedicatedSettings(
          new LaneSettings(5_000, 64, 5_000, 256, LANE.deadline()), new StoreSettings(2, 500));

  private final int size;
  private final DatabaseSettings database;
  private final Map<String, String> properties;
  private final RecoverySettings recovery;
  private final List<Started> members = new ArrayList<>();
  private final TestHeat heat = new TestHeat();
  private int started;

  private record Started(
      String name, GridMember grid, Database database, int port, ShiftedClock wall) {}

  TestCluster(int size, DatabaseSettings database) {
    this(size, database, Map.of());
  }

  /** Members with some of Hazelcast's properties other than in {@code hazelcast.yaml}. */
  TestCluster(int size, DatabaseSettings database, Map<String, String> properties) {
    this(size, database, properties, new RecoverySettings(false));
  }

  TestCluster(int size, DatabaseSettings database, RecoverySettings recovery) {
    this(size, database, Map.of(), recovery);
  }

  private TestCluster(
      int size,
      DatabaseSettings database,
      Map<String, String> properties,
      RecoverySettings recovery) {
    this.size = size;
    this.database = database;
    this.properties = properties;
    this.recovery = recovery;
    for (int i = 0; i < size; i++) {
      startOne();
    }
    awaitReady();
  }

  GridMember startOne() {
    return startOne(_ -> {});
  }

  /** One whose configuration differs. */
  GridMember startOne(Consumer<Config> difference) {
    return startOne(difference, new ShiftedClock());
  }

  /** One on a machine with this clock. */
  GridMember startOne(ShiftedClock wall) {
    return startOne(_ -> {}, wall);
  }

  private GridMember startOne(Consumer<Config> difference, ShiftedClock wall) {
    String name = "test-" + System.identityHashCode(this) + "-" + started++;
    int port = freePort();
    ClusterSettings cluster =
        new ClusterSettings(
            "test-" + System.identityHashCode(this),
            size,
            "127.0.0.1",
            port,
            members.stream().map(other -> "127.0.0.1:" + other.port()).toList(),
            false,
            MAX_CLOCK_SKEW);
    GridSettings settings =
        new GridSettings(
            cluster,
            SECRET,
            LANE,
            DEDICATED,
            PERSISTENCE,
            recovery,
            new SaleSettings(MOST_OPEN_ORDERS));
    Config config = GridConfig.of(name, cluster, settings.persistence(), SECRET);
    properties.forEach(config::setProperty);
    difference.accept(config);
    Database connections = Database.open(database);
    GridMember grid =
        GridMember.start(
            config,
            settings,
            heat,
            new ShardTable(connections),
            new DeadLetterTable(connections, Clock.systemUTC()),
            new SaleTable(connections),
            new NodeClock(wall, MAX_CLOCK_SKEW),
            new DatabaseClock(connections)::millis);
    members.add(new Started(name, grid, connections, port, wall));
    return grid;
  }

  void awaitReady() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            members.stream()
                .allMatch(m -> m.grid().hasQuorum() && m.grid().isSafe() && m.grid().load()));
  }

  GridMember member(int index) {
    return members.get(index).grid();
  }

  HazelcastInstance hazelcast(int index) {
    return Objects.requireNonNull(Hazelcast.getHazelcastInstanceByName(members.get(index).name()));
  }

  /** The index of the member that has a replica of a shard: 0 the owner's, 1 the first backup's. */
  int replica(StockKey key, int number) {
    NodeEngine engine = Util.getNodeEngine(hazelcast(0));
    int partition = engine.getPartitionService().getPartitionId(key);
    Address address =
        engine.getPartitionService().getPartition(partition).getReplicaAddress(number);
    return IntStream.range(0, members())
        .filter(i -> hazelcast(i).getCluster().getLocalMember().getAddress().equals(address))
        .findFirst()
        .orElseThrow();
  }

  /** Each member's own picture of the partitions. */
  List<InternalPartitionService> partitions() {
    return IntStream.range(0, members())
        .mapToObj(member -> Util.getNodeEngine(hazelcast(member)).getPartitionService())
        .map(InternalPartitionService.class::cast)
        .toList();
  }

  /** The machine's clock, as a member sees it. */
  ShiftedClock wall(int index) {
    return members.get(index).wall();
  }

  /** What all members take to be hot. */
  TestHeat heat() {
    return heat;
  }

  int members() {
    return members.size();
  }

  /** Ends a member as a crash would: nothing is handed over, nothing is flushed. */
  void crash(int index) {
    hazelcast(index).getLifecycleService().terminate();
    Started member = members.remove(index);
    member.database().close();
  }

  /** Ends the members with all replicas of a shard as a power cut would: at once. */
  void crashReplicas(StockKey key) {
    List<Integer> replicas =
        IntStream.rangeClosed(0, size / 2).mapToObj(number -> replica(key, number)).toList();
    try (ExecutorService together = Executors.newFixedThreadPool(replicas.size())) {
      replicas.stream()
          .map(this::hazelcast)
          .forEach(each -> together.execute(each.getLifecycleService()::terminate));
    }
    List<Started> dead = replicas.stream().map(members::get).toList();
    members.removeAll(dead);
    dead.forEach(member -> member.database().close());
  }

  void leave(int index) {
    Started member = members.remove(index);
    member.grid().drain();
    member.grid().close();
    member.database().close();
  }

  List<DeadLetter> deadLetters() {
    try (Database connections = Database.open(database)) {
      return new DeadLetterTable(connections, Clock.systemUTC()).newest(1_000);
    }
  }

  /** The loading of a shard that the database takes for the one at work. */
  int provenEpoch(StockKey key) {
    String sql = "SELECT proven_epoch FROM shards WHERE sale = '" + key.sale() + "'";
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  ShardTable shards() {
    return new ShardTable(members.getFirst().database());
  }

  List<AuditedShard> stored() {
    try (Database connections = Database.open(database)) {
      return new AuditTable(connections).shards(List.of());
    }
  }

  @Override
  public void close() {
    members.forEach(member -> member.grid().drain());
    members.forEach(member -> member.grid().close());
    members.forEach(member -> member.database().close());
    members.clear();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
