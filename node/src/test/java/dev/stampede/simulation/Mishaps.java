package dev.stampede.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong, and is mended again; and what nodes do every 200 ms, more or less. */
final class Mishaps {

  /** Most time between two mishaps: in some histories they come thick, others get further. */
  private static final int STORM_MILLIS = 700;

  private static final int CALM_MILLIS = 2_500;

  private final Scheduler scheduler;
  private final Cluster cluster;
  private final Rounds rounds;
  private final List<Integer> skipped;

  /** Of its own, so that leaving one out changes the others as little as can be. */
  private final SplittableRandom random;

  private final int mostBetween;
  private int count;
  private boolean over;

  Mishaps(Scheduler scheduler, Cluster cluster, Rounds rounds, History history) {
    this.scheduler = scheduler;
    this.cluster = cluster;
    this.rounds = rounds;
    this.skipped = history.skipped();
    this.random = new SplittableRandom(~history.seed());
    this.mostBetween = chance(50) ? STORM_MILLIS : CALM_MILLIS;
    next();
  }

  /** How many were due so far. */
  int count() {
    return count;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void next() {
    scheduler.after(random.nextInt(50, mostBetween), this::happen);
  }

  private void happen() {
    if (over) {
      return;
    }
    int number = random.nextInt(cluster.nodes().size());
    SimulatedNode node = chance(60) ? ownerOr(number) : cluster.nodes().get(number);
    int kind = random.nextInt(30);
    boolean all = chance(50);
    if (!skipped.contains(count++)) {
      happen(kind, number, node, all);
    }
    next();
  }

  /**
   * One of them.
   *
   * @param drawn any node
   * @param chosen mostly the owner: it is the one whose absence matters
   */
  private void happen(int kind, int drawn, SimulatedNode chosen, boolean all) {
    switch (kind) {
      case 0, 1, 2 -> cluster.kill(cluster.nodes().get(drawn));
      case 3 -> {
        if (all) {
          cluster.nodes().forEach(cluster::kill);
        }
      }
      case 4, 5, 6, 7, 8 -> cluster.restart(drawn);
      case 9, 10, 11, 12 -> cluster.addBackup();
      case 13, 14 -> cluster.migrate();
      case 15 -> cluster.database().setAway(true);
      case 16, 17, 18 -> cluster.database().setAway(false);
      case 19, 20, 21 -> cluster.parting().pause(chosen);
      case 22, 23, 24 -> cluster.parting().cut(chosen);
      default -> rounds.run();
    }
  }

  private SimulatedNode ownerOr(int node) {
    SimulatedNode owner = cluster.main().owner();
    return owner == null ? cluster.nodes().get(node) : owner;
  }

  /** No more of it, and all is mended. */
  void end() {
    over = true;
    cluster.heal();
    mend();
  }

  private void mend() {
    for (int node = 0; node < cluster.nodes().size(); node++) {
      cluster.restart(node);
    }
    cluster.addBackup();
    rounds.run();
    scheduler.after(200, this::mend);
  }
}
