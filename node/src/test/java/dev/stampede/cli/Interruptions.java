package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * How long buyers wait when the owner of their sale is killed: those of that sale, and those of
 * others. Both ask nodes that live, one new buyer after the other.
 */
final class Interruptions {

  /** What is promised: until the sale whose owner died sells again. */
  private static final Duration OWNED = Duration.ofSeconds(15);

  /** Until any other sale does. */
  private static final Duration OTHER = Duration.ofSeconds(3);

  /** So many that some have another owner than the one killed. */
  private static final int OTHERS = 6;

  private final FaultyCluster cluster;
  private final List<String> others;
  private final List<Duration> owned = new ArrayList<>();
  private final List<Duration> other = new ArrayList<>();

  /** Publishes the other sales, whose names begin like this. */
  Interruptions(FaultyCluster cluster, String names) {
    this.cluster = cluster;
    this.others = IntStream.rangeClosed(1, OTHERS).mapToObj(each -> names + "-" + each).toList();
    SaleClient sales = new SaleClient(cluster.api());
    others.forEach(name -> sales.publish(SaleUnderLoad.of(name, 0).sale()));
  }

  /** Kills the present owner, measures, and starts it again. */
  void crashOwnerOf(String sale) throws IOException {
    int victim = cluster.owner(sale);
    String elsewhere =
        others.stream().filter(each -> cluster.owner(each) != victim).findFirst().orElseThrow();
    int witness = cluster.after(victim);
    long killedAt = System.nanoTime();
    cluster.kill(victim);
    try {
      CompletableFuture<Duration> here =
          CompletableFuture.supplyAsync(() -> untilSold(witness, sale, killedAt, OWNED));
      CompletableFuture<Duration> there =
          CompletableFuture.supplyAsync(() -> untilSold(witness, elsewhere, killedAt, OWNED));
      owned.add(here.join());
      other.add(there.join());
    } finally {
      cluster.revive(victim); // whatever was measured: other tests share the cluster
    }
    cluster.awaitAll();
  }

  private Duration untilSold(int node, String sale, long since, Duration most) {
    await(sale)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .atMost(most)
        .until(() -> cluster.buy(node, sale, "probe-" + System.nanoTime()) == 201);
    Duration waited = Duration.ofNanos(System.nanoTime() - since);
    assertThat(waited).as(sale).isLessThan(most);
    return waited;
  }

  /**
   * Prints what was measured, and holds it against the promises: a purchase whose backup was sent
   * just before the kill waits for the time-out of backups, so of others the median counts.
   */
  void tell() {
    System.out.printf(
        "owner killed: its sale sells again after %s, others after %s%n",
        inSeconds(owned), inSeconds(other));
    assertThat(median(other)).as("others, median").isLessThan(OTHER);
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static String inSeconds(List<Duration> times) {
    List<String> sorted =
        times.stream()
            .sorted()
            .map(each -> String.format(Locale.ROOT, "%.2f", each.toMillis() / 1e3))
            .toList();
    return sorted.get(sorted.size() / 2) + " s (median of " + String.join(", ", sorted) + ")";
  }
}
