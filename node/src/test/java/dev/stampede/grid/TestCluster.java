package dev.stampede.grid;

import com.hazelcast.core.Hazelcast;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.LaneSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.config.SaleSettings;
import dev.stampede.persistence.AuditTable;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.DeadLetter;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.SaleTable;
import dev.stampede.persistence.ShardTable;
import dev.stampede.stock.AuditedShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** Members of one grid in this JVM, each with its own way to one real database. */
final class TestCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Few, so that a test gets there. */
  static final int MOST_OPEN_ORDERS = 3;

  private final int size;
  private final DatabaseSettings database;
  private final List<Started> members = new ArrayList<>();
  private int started;

  private record Started(String name, GridMember grid, Database database, int port) {}

  TestCluster(int size, DatabaseSettings database) {
    this.size = size;
    this.database = database;
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
            new GridSettings(
                settings,
                new LaneSettings(10_000, 512, Duration.ofSeconds(20)),
                new PersistenceSettings(1_000_000, Duration.ofMinutes(50)),
                new SaleSettings(MOST_OPEN_ORDERS)),
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
    Objects.requireNonNull(Hazelcast.getHazelcastInstanceByName(member.name()))
        .getLifecycleService()
        .terminate();
    member.database().close();
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
