package dev.stampede.grid;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.stampede.config.ClusterSettings;
import java.io.IOException;
import java.util.List;

/** A second member in a JVM of its own, which keeps the backups until its input ends. */
public final class BackupMember {

  static final int FIRST_PORT = 5791;

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
  static HazelcastInstance start(int port, int size) {
    ClusterSettings settings =
        new ClusterSettings(
            "benchmark", size, "127.0.0.1", port, List.of("127.0.0.1:" + FIRST_PORT));
    Config config = GridConfig.of("member-" + port, settings);
    new LocalShards().enterInto(config.getUserContext());
    config
        .getMapConfig(GridMaps.STOCK)
        .getMapStoreConfig()
        .setImplementation(new DiscardingStore());
    return Hazelcast.newHazelcastInstance(config);
  }
}
