package dev.stampede.simulation;

/** What goes wrong, and is mended again; and what nodes do every 200 ms, more or less. */
final class Mishaps {

  /** Most time between two mishaps: in some histories they come thick, others get further. */
  private static final int STORM_MILLIS = 700;

  private static final int CALM_MILLIS = 2_500;

  private final Scheduler scheduler;
  private final Cluster cluster;
  private final Rounds rounds;
  private final int mostBetween;
  private boolean over;

  Mishaps(Scheduler scheduler, Cluster cluster, Rounds rounds) {
    this.scheduler = scheduler;
    this.cluster = cluster;
    this.rounds = rounds;
    this.mostBetween = scheduler.chance(50) ? STORM_MILLIS : CALM_MILLIS;
    next();
  }

  private void next() {
    scheduler.after(scheduler.draw(50, mostBetween), this::happen);
  }

  private void happen() {
    if (over) {
      return;
    }
    int node = scheduler.draw(cluster.nodes().size());
    switch (scheduler.draw(30)) {
      case 0, 1, 2 -> cluster.kill(cluster.nodes().get(node));
      case 3 -> {
        if (scheduler.chance(50)) {
          cluster.nodes().forEach(cluster::kill);
        }
      }
      case 4, 5, 6, 7, 8 -> cluster.restart(node);
      case 9, 10, 11, 12 -> cluster.addBackup();
      case 13, 14 -> cluster.migrate();
      case 15 -> cluster.database().setAway(true);
      case 16, 17, 18 -> cluster.database().setAway(false);
      case 19, 20, 21 -> cluster.parting().pause(ownerOr(node));
      case 22, 23, 24 -> cluster.parting().cut(ownerOr(node));
      default -> rounds.run();
    }
    next();
  }

  /** Mostly it is the owner whose absence matters. */
  private SimulatedNode ownerOr(int node) {
    SimulatedNode owner = cluster.main().owner();
    return owner != null && scheduler.chance(60) ? owner : cluster.nodes().get(node);
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
