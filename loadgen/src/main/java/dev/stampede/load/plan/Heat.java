package dev.stampede.load.plan;

import java.time.Duration;
import java.util.SplittableRandom;

/** Which sale an arrival wants. Pure; of the random stream each takes what it needs. */
public sealed interface Heat {

  /**
   * The sale.
   *
   * @param nanos since the first arrival, at least 0
   * @param sales how many there are, at least 1
   * @return its index, from 0
   */
  int sale(SplittableRandom random, long nanos, int sales);

  /** All sales alike. */
  record Even() implements Heat {
    @Override
    public int sale(SplittableRandom random, long nanos, int sales) {
      return random.nextInt(sales);
    }
  }

  /**
   * One sale gets most, the others share the rest; after a while it is the next one's turn, and
   * after the last the first's. Nobody announces it.
   *
   * @param share of arrivals for the hot one, 0 to 1
   * @param every how long it stays hot, more than 0
   */
  record Moving(double share, Duration every) implements Heat {
    public Moving {
      if (!(share >= 0 && share <= 1) || !every.isPositive()) {
        throw new IllegalArgumentException("share " + share + ", every " + every);
      }
    }

    @Override
    public int sale(SplittableRandom random, long nanos, int sales) {
      int hot = (int) (nanos / every.toNanos() % sales);
      if (sales == 1 || random.nextDouble() < share) {
        return hot;
      }
      return (hot + 1 + random.nextInt(sales - 1)) % sales;
    }
  }
}
