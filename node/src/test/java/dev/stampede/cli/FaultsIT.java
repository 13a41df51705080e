package dev.stampede.cli;

import static dev.stampede.cli.SaleUnderLoad.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What happens to real nodes on a real network while buyers come: after each fault the load
 * generator's own record is held against grid and database. Between nodes, frames are also lost,
 * late, twice or out of order; clients and database are reached as ever.
 */
final class FaultsIT extends OnFaultyCluster {

  private static final Duration LINKS_ARE_BAD = Duration.ofSeconds(20);
  private static final Duration STORED = Duration.ofSeconds(15);
  private static final int LOAD_SECONDS = 28;

  FaultsIT() {
    super(3);
  }

  @Test
  void cut_ofOneNodeFromTheOthers_stopsItsSalesOnlyAndLeavesOneHistory() {
    SaleUnderLoad.of("cut", 45)
        .during(
            cluster,
            sale -> {
              int oldest = cluster.oldest(); // which says who is in the grid
              int second = cluster.after(oldest);
              int third = cluster.after(second);
              cluster.network.cut(oldest, second, third);
              await().atMost(NOTICED).until(() -> cluster.buy(second, sale, "majority") == 201);
              await().atMost(NOTICED).until(() -> cluster.buy(oldest, sale, "minority") == 503);
              assertThat(cluster.buy(third, sale, "majority-3")).isEqualTo(201);
              cluster.network.heal(oldest, second, third);
            });
  }

  @Test
  @Tag("long") // one direction only is worse, and cut in every run
  void cut_ofOneLinkOnly_leavesOneHistory() {
    SaleUnderLoad.of("link", 40)
        .during(
            cluster,
            sale -> {
              cluster.network.cut(1, 2);
              pause(Duration.ofSeconds(20));
              cluster.network.heal(1, 2);
            });
  }

  @Test
  @Tag("long")
  void pause_ofANodeLongerThanTheOthersWait_losesNothing() {
    SaleUnderLoad.of("pause", 50)
        .during(
            cluster,
            sale -> {
              cluster.signal("STOP", 2);
              await().atMost(NOTICED).until(() -> cluster.buy(1, sale, "while-paused") == 201);
              pause(Duration.ofSeconds(30));
              cluster.signal("CONT", 2);
            });
  }

  @Test
  @Tag("long") // cuts are worse, and happen in every run
  void pause_ofANodeForThreeSeconds_losesNothing() {
    SaleUnderLoad.of("blink", 15)
        .during(
            cluster,
            sale -> {
              cluster.signal("STOP", 1);
              pause(Duration.ofSeconds(3));
              cluster.signal("CONT", 1);
            });
  }

  @Test
  void crash_ofTheOwnerAgainAndAgain_sellsOnWithinFifteenSecondsOthersWithinThree() {
    Interruptions interruptions = new Interruptions(cluster, "calm");
    SaleUnderLoad.ofMany("hot", 45)
        .during(
            cluster,
            sale -> {
              for (int round = 1; round <= 3; round++) {
                interruptions.crashOwnerOf(sale);
              }
            });
    interruptions.tell();
  }

  @Test
  void crash_ofAllNodes_losesNothingThatWasDurable() {
    SaleUnderLoad.ofMany("all", 30, "--durable", "--cancel", "0", "--patience", "40s")
        .during(
            cluster,
            sale -> {
              cluster.signalDatabase("STOP"); // what is sold from here on is not stored
              Probe replicated = new Probe(cluster, 1, sale, "replicated");
              assertThat(replicated.isDurable()).isFalse();
              cluster.kill(1, 2, 3);
              cluster.signalDatabase("CONT");
              cluster.revive(1, 2, 3);
              cluster.awaitAll();
              assertThat(replicated.isGone()).isTrue();
              assertThat(cluster.buy(2, sale, "after-all")).isEqualTo(201);
            });
  }

  /** A provider sends again what was answered with 503, and never what was answered with 200. */
  @Test
  void crash_ofAllNodesBeforeAPaymentIsDurable_isMadeGoodByItsRepeat() throws IOException {
    String sale = "repeated";
    new SaleClient(cluster.api()).publish(SaleUnderLoad.of(sale, 0).sale());
    Probe order = new Probe(cluster, 1, sale, "payer");
    await().atMost(STORED).until(order::isDurable);
    cluster.signalDatabase("STOP");

    assertThat(order.pay()).isEqualTo(503);
    assertThat(order.isPaid()).isTrue(); // in the memory of the nodes, and nowhere else
    cluster.kill(1, 2, 3);
    cluster.signalDatabase("CONT");
    cluster.revive(1, 2, 3);
    cluster.awaitAll();

    assertThat(order.isPaid()).isFalse();
    await().atMost(STORED).until(() -> order.pay() == 200);
    assertThat(order.isPaid()).isTrue();
    assertThat(order.isDurable()).isTrue();
  }

  @Test
  @Tag("long") // as GridFaultsIT, but with buyers over HTTP
  void pause_ofTheDatabase_stopsNoPurchaseAndLosesNothing() {
    SaleUnderLoad.of("database", 25)
        .during(
            cluster,
            sale -> {
              cluster.signalDatabase("STOP");
              pause(Duration.ofSeconds(15));
              assertThat(cluster.buy(1, sale, "without-database")).isEqualTo(201);
              cluster.signalDatabase("CONT");
            });
  }

  @Test
  @Tag("long")
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
              pause(LINKS_ARE_BAD.plus(LINKS_ARE_BAD));
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
  void cut_ofOneDirectionBetweenYoungerNodes_leavesOneHistory() throws IOException {
    int from = cluster.after(cluster.oldest());
    cutOneDirection(from, cluster.after(from)); // the oldest parts them, and both come back to it
  }

  @Test
  @Tag("long")
  void cut_ofOneDirectionFromOrToTheOldestNode_leavesOneHistory() throws IOException {
    int from = cluster.oldest();
    cutOneDirection(from, cluster.after(from));
    int to = cluster.oldest();
    cutOneDirection(cluster.after(to), to);
  }

  private void cutOneDirection(int from, int to) {
    LossyLink link = cluster.network.link(from, to);
    SaleUnderLoad.of("one-way-" + from + "-" + to, LOAD_SECONDS)
        .during(
            cluster,
            _ -> {
              long before = link.dropped();
              link.become(LinkQuality.CUT);
              pause(LINKS_ARE_BAD);
              assertThat(link.dropped() - before).isGreaterThan(5);
              link.become(LinkQuality.PERFECT);
            });
  }

  private void whileSpoilt(LinkQuality quality, String name) {
    cluster.network.spoil(quality);
    pause(LINKS_ARE_BAD.dividedBy(2));
    for (int node = 1; node <= cluster.size; node++) {
      int asked = node;
      await().atMost(LINKS_ARE_BAD).until(() -> cluster.buy(asked, name, "at-" + asked) == 201);
    }
    pause(LINKS_ARE_BAD.dividedBy(2));
    cluster.network.spoil(LinkQuality.PERFECT);
  }

  private long count(ToLongFunction<LossyLink> frames) {
    return cluster.network.nodeLinks().stream().mapToLong(frames).sum();
  }
}
