package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stampede.persistence.TestDatabase;
import dev.stampede.sale.Sales.Published;
import dev.stampede.sale.Tier;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A member without the attribute stands for a node of an older build. */
class KnownTiersIT {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    logger().detachAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(KnownTiers.class);
  }

  @Test
  void publish_whileANodeOfAnOlderBuildIsThere_isRefusedForDedicatedSales() {
    try (TestCluster cluster = new TestCluster(2, TestDatabase.fresh())) {
      startOlder(cluster);

      assertThat(publish(cluster, "early", Tier.DEDICATED)).isEqualTo(Published.TOO_SOON);
      assertThat(cluster.member(0).sales().all()).isEmpty();
      assertThat(publish(cluster, "plain", Tier.STANDARD)).isEqualTo(Published.NEW);
      assertThat(errors()).isEmpty();

      cluster.leave(2);
      Awaitility.await().until(() -> publish(cluster, "early", Tier.DEDICATED) == Published.NEW);
    }
  }

  @Test
  void join_ofANodeOfAnOlderBuildWhereADedicatedSaleIs_isAnError() {
    try (TestCluster cluster = new TestCluster(2, TestDatabase.fresh())) {
      publish(cluster, "apart", Tier.DEDICATED);
      Awaitility.await().until(() -> cluster.member(1).sales().all().size() == 1);
      assertThat(errors()).isEmpty();

      startOlder(cluster);

      Awaitility.await()
          .untilAsserted(() ->
              assertThat(errors())
                  .anySatisfy(message ->
                      assertThat(message).contains("does not know dedicated sales (apart)")));
    }
  }

  private static Published publish(TestCluster cluster, String id, Tier tier) {
    return cluster.member(0).sales().publish(TierSales.sale(id, tier));
  }

  private static void startOlder(TestCluster cluster) {
    GridMember _ =
        cluster.startOne(
            config -> config.getMemberAttributeConfig().removeAttribute(KnownTiers.ATTRIBUTE));
    cluster.awaitReady();
  }

  private List<String> errors() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
