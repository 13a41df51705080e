package dev.stampede.cli;

import static dev.stampede.cli.SaleUnderLoad.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real nodes between which frames get lost, late, twice or out of order, while buyers come. Clients
 * and database are reached as ever.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LossyNetworkIT {

  private static final Duration FAULT = Duration.ofSeconds(20);
  private static final int NODES = 3;
  private static final int LOAD_SECONDS = 28;

  @TempDir private static Path data;
  private FaultyCluster cluster;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Namespaces.obstacle().isEmpty(), Namespaces::obstacle);
    cluster = new FaultyCluster(data, NODES);
  }

  @AfterAll
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void loss_ofOneFrameInTwentyBetweenNodes_stopsNoPurchaseAndLosesNothing() {
    long before = count(LossyLink::dropped);
    SaleUnderLoad.of("loss", LOAD_SECONDS)
        .during(cluster, sale -> whileSpoilt(LinkQuality.losing(0.05), sale));

    assertThat(count(LossyLink::dropped) - before).isGreaterThan(100);
  }

  @Test
  @Tag("long")
  void loss_ofEveryThirdFrameBetweenNodes_losesNothing() {
    SaleUnderLoad.of("heavy-loss", 45)
        .during(
            cluster,
            _ -> {
              cluster.network.spoil(LinkQuality.losing(1 / 3.0));
              pause(FAULT.plus(FAULT));
              cluster.network.spoil(LinkQuality.PERFECT);
            });
  }

  @Test
  @Tag("long")
  void delay_withRepeatsOutOfOrderBetweenNodes_stopsNoPurchaseAndLosesNothing() {
    LinkQuality late = new LinkQuality(0, 0.02, Duration.ofMillis(100), Duration.ofMillis(50));
    SaleUnderLoad.of("delay", LOAD_SECONDS).during(cluster, sale -> whileSpoilt(late, sale));

    assertThat(count(LossyLink::delayed)).isGreaterThan(1_000);
    assertThat(count(LossyLink::repeated)).isGreaterThan(20);
  }

  @Test
  void cut_ofOneDirectionOfOneLink_leavesOneHistory() {
    LossyLink link = cluster.network.link(1, 2);
    SaleUnderLoad.of("one-way", LOAD_SECONDS)
        .during(
            cluster,
            _ -> {
              long before = link.dropped();
              link.become(LinkQuality.CUT);
              pause(FAULT);
              assertThat(link.dropped() - before).isGreaterThan(5);
              link.become(LinkQuality.PERFECT);
            });
  }

  private void whileSpoilt(LinkQuality quality, String name) {
    cluster.network.spoil(quality);
    pause(FAULT.dividedBy(2));
    for (int node = 1; node <= NODES; node++) {
      int asked = node;
      await().atMost(FAULT).until(() -> cluster.buy(asked, name, "at-" + asked) == 201);
    }
    pause(FAULT.dividedBy(2));
    cluster.network.spoil(LinkQuality.PERFECT);
  }

  private long count(ToLongFunction<LossyLink> frames) {
    return cluster.network.nodeLinks().stream().mapToLong(frames).sum();
  }
}
