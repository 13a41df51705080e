package dev.stampede.load.verdict;

import dev.stampede.load.record.Purchase.Acknowledged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The most units that were live at one instant. The times in the record are such that each order
 * was surely live between them, so a peak above what is allowed is proof, whatever the clocks did.
 */
final class Peak {
  private record Step(long at, int units) {}

  // Where one ends as another begins, the end counts first.
  private static final Comparator<Step> IN_TIME =
      Comparator.comparingLong(Step::at).thenComparingInt(Step::units);

  private Peak() {}

  static long of(Iterable<Acknowledged> orders) {
    List<Step> steps = new ArrayList<>();
    for (Acknowledged order : orders) {
      if (order.liveTo() > order.liveFrom()) {
        steps.add(new Step(order.liveFrom(), order.quantity()));
        steps.add(new Step(order.liveTo(), -order.quantity()));
      }
    }
    steps.sort(IN_TIME);
    long live = 0;
    long peak = 0;
    for (Step step : steps) {
      live += step.units();
      peak = Math.max(peak, live);
    }
    return peak;
  }
}
