package dev.stampede.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Between nodes: every message may be late, out of order, repeated or lost, until all is healed. A
 * cut lets nothing through; some of it comes when the cut has been mended.
 */
final class Network {

  private static final int LOST_PERCENT = 6;
  private static final int REPEATED_PERCENT = 4;
  private static final int LATE_PERCENT = 4;
  private static final int LOST_BY_CUTS_PERCENT = 50;
  private static final int USUAL_MILLIS = 20;
  private static final int LATE_MILLIS = 4_000;

  private final Scheduler scheduler;
  private final List<Runnable> held = new ArrayList<>();

  /** A bit for each node that is cut off from those without one. */
  private int cutOff;

  private boolean healed;

  Network(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** What comes once at most: one connection carries it. */
  void send(SimulatedNode from, SimulatedNode to, Runnable delivery) {
    if (healed || !scheduler.chance(LOST_PERCENT)) {
      scheduler.after(delay(), () -> arrive(from, to, delivery));
    }
  }

  /** What the grid may send again by itself, so that it comes twice, to another node perhaps. */
  void sendRepeatedly(SimulatedNode from, SimulatedNode to, Runnable delivery) {
    send(from, to, delivery);
    if (!healed && scheduler.chance(REPEATED_PERCENT)) {
      scheduler.after(delay(), () -> arrive(from, to, delivery));
    }
  }

  private long delay() {
    boolean late = !healed && scheduler.chance(LATE_PERCENT);
    return scheduler.draw(1, late ? LATE_MILLIS : USUAL_MILLIS);
  }

  /** At the end of the way. */
  void arrive(SimulatedNode from, SimulatedNode to, Runnable delivery) {
    if (connects(from, to)) {
      to.thread.run(delivery);
    } else if (!scheduler.chance(LOST_BY_CUTS_PERCENT)) {
      held.add(() -> arrive(from, to, delivery));
    }
  }

  private boolean connects(SimulatedNode one, SimulatedNode other) {
    return isCutOff(one.number) == isCutOff(other.number);
  }

  boolean isCutOff(int node) {
    return (cutOff & (1 << node)) != 0;
  }

  /** Cuts a node off from all others. */
  void cut(int node) {
    cutOff = 1 << node;
  }

  void mend() {
    cutOff = 0;
    held.forEach(late -> scheduler.after(delay(), late));
    held.clear();
  }

  void heal() {
    healed = true;
  }
}
