package dev.stampede.grid;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.PartitionReplica;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.LaneSettings;
import dev.stampede.config.RecoverySettings;
import dev.stampede.persistence.AuditTable;
import dev.stampede.persistence.Database;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** Members of one grid in this JVM, each with its own way to one real database. */
final class TestCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int size;
  private final DatabaseSettings database;
  private final RecoverySettings recovery;
  private final List<Started> members = new ArrayList<>();
  private int started;

  private record Started(String name, GridMember grid, Database database, int port) {}

  TestCluster(int size, DatabaseSettings database) {
    this(size, database, new RecoverySettings(false));
  }

  TestCluster(int size, DatabaseSettings database, RecoverySettings recovery) {
    this.size = size;
    this.database = database;
    this.recovery = recovery;
    for (int i = 0; i < size; i++) {
      startOne();
    }
    awaitReady();
  }

  GridMember startOne() {
    String name = "test-" + System.identityHashCode(this) + "-" + started++;
    int port = freePort();
    ClusterSettings settings =
        new ClusterSettings(
            "test-" + System.identityHashCode(this),
            size,
            "127.0.0.1",
            port,
            members.stream().map(other -> "127.0.0.1:" + other.port()).toList());
    Database connections = Database.open(database);
    GridMember grid =
        GridMember.start(
            name,
            settings,
            new LaneSettings(10_000, 512, Duration.ofSeconds(20)),
            recovery,
            new ShardTable(connections),
            new DeadLetterTable(connections, Clock.systemUTC()),
            new SaleTable(connections));
    members.add(new Started(name, grid, connections, port));
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

  int members() {
    return members.size();
  }

  /** Ends a member as a crash would: nothing is handed over, nothing is flushed. */
  void crash(int index) {
    Started member = members.remove(index);
    instance(member).getLifecycleService().terminate();
    member.database().close();
  }

  /** Ends all members with a copy of a shard as a power cut would: at once. */
  void crashReplicas(StockKey key) {
    List<Started> dying = members.stream().filter(member -> hasCopy(member, key)).toList();
    members.removeAll(dying);
    try (ExecutorService together = Executors.newFixedThreadPool(dying.size())) {
      dying.forEach(member -> together.execute(instance(member).getLifecycleService()::terminate));
    }
    dying.forEach(member -> member.database().close());
  }

  /** Hazelcast has no public way to ask where backups are. */
  private boolean hasCopy(Started member, StockKey key) {
    InternalPartition partition =
        ((HazelcastInstanceProxy) instance(member))
            .getOriginal()
            .node
            .getPartitionService()
            .getPartition(
                instance(member).getPartitionService().getPartition(key).getPartitionId());
    int replica =
        partition.getReplicaIndex(
            PartitionReplica.from(instance(member).getCluster().getLocalMember()));
    return replica >= 0 && replica <= size / 2; // what comes after is in reserve
  }

  private static HazelcastInstance instance(Started member) {
    return Objects.requireNonNull(Hazelcast.getHazelcastInstanceByName(member.name()));
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

  List<AuditedShard> stored() {
    try (Database connections = Database.open(database)) {
      return new AuditTable(connections).shards();
    }
  }

  @Override
  public void close() {
    members.forEach(member -> member.grid().drain());
    members.forEach(member -> member.grid().close());
    members.forEach(member -> member.database().close());
    members.clear();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
