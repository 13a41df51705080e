package dev.stampede.load.plan;

import dev.stampede.load.plan.BuyerPlan.Then;
import java.util.SplittableRandom;

/**
 * The shares of what buyers do, each from 0 to 1.
 *
 * @param reads arrivals that only read
 * @param pay orders that are paid
 * @param cancel orders that are cancelled; what neither pays nor cancels leaves its hold to expire
 * @param repeat buyers who repeat an acknowledged purchase with the same key
 * @param greedy buyers who go on with new keys until they are over the limit
 * @param heat which sale they want
 */
public record Mix(
    double reads, double pay, double cancel, double repeat, double greedy, Heat heat) {
  // Odd and well mixed, so that the random streams of neighbouring arrivals have nothing in common.
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  public Mix {
    if (pay + cancel > 1) {
      throw new IllegalArgumentException("pay and cancel are more than 1 together");
    }
  }

  /**
   * The plan of arrival n: the same for the same seed and time, whatever happened before.
   *
   * @param nanos since the first arrival
   */
  public BuyerPlan plan(long seed, long n, long nanos, int sales, int buyers) {
    SplittableRandom random = new SplittableRandom(seed ^ (n * GOLDEN));
    return new BuyerPlan(
        random.nextDouble() < reads,
        heat.sale(random, nanos, sales),
        (int) (n % buyers),
        random.nextDouble() < repeat,
        random.nextDouble() < greedy,
        then(random.nextDouble()),
        random.nextDouble());
  }

  private Then then(double drawn) {
    if (drawn < pay) {
      return Then.PAY;
    }
    return drawn < pay + cancel ? Then.CANCEL : Then.LEAVE;
  }
}
