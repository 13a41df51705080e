package dev.stampede.simulation;

/**
 * Between nodes: every message may be late, out of order, repeated or lost, until all is healed.
 */
final class Network {

  private static final int LOST_PERCENT = 6;
  private static final int REPEATED_PERCENT = 4;
  private static final int LATE_PERCENT = 4;
  private static final int USUAL_MILLIS = 20;
  private static final int LATE_MILLIS = 4_000;

  private final Scheduler scheduler;
  private boolean healed;

  Network(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** What comes once at most: one connection carries it. */
  void send(Runnable delivery) {
    if (healed || !scheduler.chance(LOST_PERCENT)) {
      scheduler.after(delay(), delivery);
    }
  }

  /** What the grid may send again by itself, so that it comes twice, to another node perhaps. */
  void sendRepeatedly(Runnable delivery) {
    send(delivery);
    if (!healed && scheduler.chance(REPEATED_PERCENT)) {
      scheduler.after(delay(), delivery);
    }
  }

  private long delay() {
    boolean late = !healed && scheduler.chance(LATE_PERCENT);
    return scheduler.draw(1, late ? LATE_MILLIS : USUAL_MILLIS);
  }

  void heal() {
    healed = true;
  }
}
