package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Tier;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a node says of its backups while another one does not answer. */
class ClusterSafetyIT {

  /** For a machine that is busy with other things. */
  private static final Duration BUSY = Duration.ofSeconds(2);

  @Test
  void isSafe_whenAMemberHangs_isFalseWithinASecond() {
    try (TestCluster cluster = new TestCluster(2, TestDatabase.fresh())) {
      StockKey key = new TierSales(cluster).publish("sale", Tier.STANDARD);
      try (HungReplica _ = HungReplica.on(cluster.hazelcast(cluster.replica(key, 0)), key)) {
        GridMember asked = cluster.member(cluster.replica(key, 1));

        long begun = System.nanoTime();
        assertThat(asked.isSafe()).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isLessThan(ClusterSafety.LONGEST_ANSWER.plus(BUSY));
      }
      Awaitility.await().until(cluster.member(0)::isSafe);
    }
  }
}
