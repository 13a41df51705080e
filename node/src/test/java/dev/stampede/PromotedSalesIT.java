package dev.stampede;

import static dev.stampede.ThreeNodes.AN_HOUR;
import static dev.stampede.ThreeNodes.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import dev.stampede.ThreeNodes.Running;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Promoted sales on three whole nodes, of which nobody asks for a sale. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PromotedSalesIT {

  private ThreeNodes cluster;

  @BeforeAll
  void start() throws Exception {
    cluster = ThreeNodes.start("promoted");
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void sale_whenItsTimeHasCome_isInEveryNearCacheBeforeAnybodyRead() throws Exception {
    Duration ahead = Duration.ofSeconds(10);
    Instant from = cluster.publish("soon", AN_HOUR.plus(ahead), AN_HOUR).minus(AN_HOUR);
    assertThat(cluster.hot(cluster.nodes().getFirst(), "soon")).isEmpty();

    cluster.awaitCachedOn("soon", cluster.names());

    assertThat(Instant.now()).isAfterOrEqualTo(from);
    cluster.nodes().forEach(PromotedSalesIT::awaitCached);
    JsonNode shown = cluster.hot(cluster.nodes().getFirst(), "soon").orElseThrow();
    assertThat(shown.path("sources").values())
        .extracting(JsonNode::asString)
        .containsExactly("static");
    assertThat(shown.path("rate").asDouble()).isZero();
  }

  @Test
  void sale_whenItCloses_isHotNoMore() throws Exception {
    cluster.publish(
        "short", Duration.ofMillis(-1), Optional.of(Duration.ZERO), Duration.ofSeconds(15));
    cluster.awaitCachedOn("short", cluster.names());

    await().atMost(PATIENCE).until(() -> cluster.hotNowhere("short"));
  }

  @Test
  void node_whenItJoins_hasWhatIsPromotedAlreadyUntilItLeaves() throws Exception {
    cluster.publish("standing", AN_HOUR, AN_HOUR);
    cluster.awaitCachedOn("standing", cluster.names());

    Running late = cluster.startOne("promoted-late");
    try {
      late.node().awaitReady();
      Set<String> all = new HashSet<>(cluster.names());
      all.add(late.name());
      cluster.awaitCachedOn("standing", all);
      awaitCached(late);
    } finally {
      late.node().close();
    }
    cluster.awaitCachedOn("standing", cluster.names());
  }

  /** As a node of a build that knows nothing of promotions would, were it a sale's owner. */
  @Test
  void promotion_whenAnotherBuildHasDroppedIt_comesBackWithTheNextNodeThatStarts()
      throws Exception {
    cluster.publish("forgotten", AN_HOUR, AN_HOUR);
    cluster.awaitCachedOn("forgotten", cluster.names());
    IMap<SaleId, Sale> sales = cluster.nodes().getFirst().hazelcast().getMap("sales");
    sales.computeIfPresent(
        new SaleId("forgotten"), (_, sale) -> sale.withPromotion(Optional.empty()));
    await().atMost(PATIENCE).until(() -> cluster.hotNowhere("forgotten"));

    cluster.nodes().get(1).node().awaitReady(); // does what a node does when it starts

    cluster.awaitCachedOn("forgotten", cluster.names());
  }

  /** Its near cache has a view, other than in the moment after the owner has put in a newer one. */
  private static void awaitCached(Running node) {
    await().atMost(PATIENCE).until(() -> cached(node) > 0);
  }

  private static long cached(Running node) {
    return node.hazelcast()
        .getMap("stock-views")
        .getLocalMapStats()
        .getNearCacheStats()
        .getOwnedEntryCount();
  }
}
