package dev.stampede.simulation;

import java.util.ArrayList;
import java.util.List;

/** What a node does by itself and with what arrives: nothing while it hangs, all of it later. */
final class NodeThread {

  private static final int MOST_MILLIS_TO_CATCH_UP = 20;

  private final Scheduler scheduler;
  private final List<Runnable> late = new ArrayList<>();
  private boolean hanging;

  NodeThread(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Does something, but not while it hangs. */
  void run(Runnable action) {
    if (hanging) {
      late.add(action);
    } else {
      action.run();
    }
  }

  /** Does something in so many milliseconds, or later, if it hangs then. */
  Scheduler.Event after(long millis, Runnable action) {
    return scheduler.after(millis, () -> run(action));
  }

  boolean isHanging() {
    return hanging;
  }

  void hang() {
    hanging = true;
  }

  void wake() {
    hanging = false;
    late.forEach(action -> after(scheduler.draw(1, MOST_MILLIS_TO_CATCH_UP), action));
    late.clear();
  }

  void die() {
    hanging = false;
    late.clear();
  }
}
