package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.spi.properties.ClusterProperty;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.config.StoreSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridConfigTest {

  @Test
  void of_always_letsBackupsRememberLongerThanTheDatabaseMayBeAway() {
    ClusterSettings cluster =
        new ClusterSettings(
            "name", 3, "127.0.0.1", 5_701, List.of(), false, TestCluster.MAX_CLOCK_SKEW);
    Duration outage = Duration.ofHours(3);

    Config config =
        GridConfig.of(
            "member", cluster, new PersistenceSettings(1_000, outage), TestCluster.SECRET);

    String name = ClusterProperty.MAP_REPLICA_SCHEDULED_TASK_DELAY_SECONDS.getName();
    assertThat(Long.parseLong(config.getProperty(name))).isGreaterThan(outage.toSeconds());
  }

  /**
   * What is not confirmed when its shard is written goes with the next time; workers look every
   * second.
   */
  @Test
  void delay_atItsLongest_leavesLeavingNodesTimeForTheWriting() {
    Duration written =
        Duration.ofSeconds(2L * StoreSettings.MAX_DELAY_SECONDS + 1)
            .plusMillis(OwnerRounds.PERIOD_MILLIS);

    assertThat(written).isLessThan(DurableWaits.USUAL.minusSeconds(2));
  }
}
