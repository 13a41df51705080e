package dev.stampede.grid;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.stock.ShardBounds;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** A second member in a JVM of its own, which keeps the backups until its input ends. */
public final class BackupMember {

  /** Of the member that the others look for. */
  public static final int FIRST_PORT = 5791;

  /** As they ship. */
  static final ShardBounds BOUNDS = new ShardBounds(1_000_000, 10);

  private static final GridSecret SECRET =
      GridSecret.of(Base64.getEncoder().encodeToString(new byte[32]));

  private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(2);

  private BackupMember() {}

  /** Starts a member that joins the benchmark's, and waits. */
  public static void main(String[] args) throws IOException {
    HazelcastInstance member = start(FIRST_PORT + 1, 2);
    while (System.in.read() >= 0) {
      // The benchmark holds the other end.
    }
    member.shutdown();
  }

  /** A member as the node starts it, but with a store that takes everything at once. */
  public static HazelcastInstance start(int port, int size) {
    ClusterSettings settings =
        new ClusterSettings(
            "benchmark",
            size,
            "127.0.0.1",
            port,
            List.of("127.0.0.1:" + FIRST_PORT),
            false,
            MAX_CLOCK_SKEW);
    PersistenceSettings persistence =
        new PersistenceSettings(BOUNDS.waitingOrders(), Duration.ofMinutes(50));
    Config config = GridConfig.of("member-" + port, settings, persistence, SECRET);
    NodeClock clock = new NodeClock(InstantSource.system(), MAX_CLOCK_SKEW);
    new LocalShards(BOUNDS, clock).enterInto(config.getUserContext());
    config
        .getMapConfig(GridMaps.STOCK)
        .getMapStoreConfig()
        .setImplementation(new DiscardingStore());
    return GridNodeContext.start(config);
  }
}
