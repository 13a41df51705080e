package dev.stampede.cli;

import static dev.stampede.cli.SaleUnderLoad.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outages of the database that take too long for every run of the tests. */
@Tag("long")
final class LongFaultsIT extends OnFaultyCluster {

  /** Programs, logs and tables of the database take about 700 MiB. */
  private static final int DISK = 900;

  private static final Duration LONGER_THAN_A_FLUSH = Duration.ofSeconds(5);
  private static final int MOST_STORED = 18;
  private static final Duration DRAINED = Duration.ofSeconds(60);

  private SmallDisk disk;

  LongFaultsIT() {
    super(3);
  }

  @BeforeAll
  @Override
  void start() throws IOException {
    try {
      disk = new SmallDisk(data.resolve("mariadb"), DISK);
    } catch (IOException e) {
      abort("a disk of its own for the database cannot be had here: " + e.getMessage());
    }
    super.start();
  }

  @AfterAll
  @Override
  void stop() throws IOException {
    super.stop();
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void pause_ofTheDatabaseForAMinute_stopsNoPurchaseAndDrains() {
    outage(
        "paused",
        75,
        () -> cluster.signalDatabase("STOP"),
        Duration.ofSeconds(60),
        () -> cluster.signalDatabase("CONT"));
  }

  @Test
  void crash_ofTheDatabase_stopsNoPurchaseAndDrainsAfterARestart() {
    outage(
        "killed",
        45,
        () -> cluster.signalDatabase("KILL"),
        Duration.ofSeconds(20),
        cluster::reviveDatabase);
  }

  @Test
  void fullDisk_ofTheDatabase_stopsNoPurchaseAndDrainsOnceThereIsRoom() {
    outage("full", 100, disk::fill, Duration.ofSeconds(40), disk::free);
  }

  /** Buys until the database takes no more: a full disk is noticed once a table has to grow. */
  private Probe firstUnstored(String sale) {
    for (int bought = 1; bought <= MOST_STORED; bought++) {
      Probe probe = new Probe(cluster, 1, sale, "probe-" + bought + "-of-" + sale);
      pause(LONGER_THAN_A_FLUSH);
      if (!probe.isDurable()) {
        return probe;
      }
    }
    throw new AssertionError("the database took everything all the same");
  }

  /** What takes the database away, or gives it back. */
  private interface Step {
    void take() throws IOException;
  }

  private void outage(String name, int seconds, Step begins, Duration lasts, Step ends) {
    SaleUnderLoad.ofMany(name, seconds, "--resolve", "40s")
        .during(
            cluster,
            sale -> {
              begins.take();
              long begun = System.nanoTime();
              Probe paid = firstUnstored(sale);
              assertThat(paid.pay()).isEqualTo(503);
              Duration rest = lasts.minusNanos(System.nanoTime() - begun);
              pause(rest.isNegative() ? Duration.ZERO : rest);
              assertThat(cluster.buy(2, sale, "late-" + name)).isEqualTo(201);
              assertThat(paid.isDurable()).isFalse();
              ends.take();
              long ended = System.nanoTime();
              await().atMost(DRAINED).until(paid::isDurable);
              assertThat(paid.isPaid()).isTrue();
              System.out.printf(
                  Locale.ROOT,
                  "database %s: given back after %d s, all stored %.1f s later%n",
                  name,
                  lasts.toSeconds(),
                  (System.nanoTime() - ended) / 1e9);
            });
  }
}
