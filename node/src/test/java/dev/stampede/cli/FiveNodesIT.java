package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five nodes, so two backups: two nodes may be lost at any moment, the owner among them. */
@Tag("long")
final class FiveNodesIT extends OnFaultyCluster {

  FiveNodesIT() {
    super(5);
  }

  @Test
  void crash_ofTwoNodesAtOnce_losesNothingAndThreeSellOn() {
    SaleUnderLoad.of("two", 30)
        .during(
            cluster,
            sale -> {
              int owner = cluster.owner(sale);
              int other = cluster.after(owner);
              int[] left = allBut(owner, other);
              cluster.kill(owner, other);
              for (int node : left) {
                await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> cluster.buy(node, sale, "left-" + node) == 201);
              }
              cluster.awaitAmong(left);
              assertThat(left).contains(cluster.owner(sale));
              cluster.revive(owner, other);
            });
  }

  @Test
  void cut_ofTwoNodesFromThree_stopsTheTwoOnlyAndLeavesOneHistory() {
    SaleUnderLoad.ofMany("three-two", 60)
        .during(
            cluster,
            sale -> {
              int owner = cluster.owner(sale);
              int other = cluster.after(owner);
              int[] majority = allBut(owner, other);
              cluster.network.cut(owner, majority);
              cluster.network.cut(other, majority);
              await()
                  .atMost(NOTICED)
                  .until(() -> cluster.buy(majority[0], sale, "majority") == 201);
              await().atMost(NOTICED).until(() -> cluster.buy(owner, sale, "minority") == 503);
              await().atMost(NOTICED).until(() -> cluster.buy(other, sale, "minority-2") == 503);
              assertThat(cluster.buy(majority[1], sale, "majority-2")).isEqualTo(201);
              cluster.network.heal(owner, majority);
              cluster.network.heal(other, majority);
            });
  }

  private int[] allBut(int one, int another) {
    return IntStream.rangeClosed(1, cluster.size)
        .filter(node -> node != one && node != another)
        .toArray();
  }
}
