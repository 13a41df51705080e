package dev.stampede.load.plan;

/**
 * What one arrival is going to do.
 *
 * @param readsOnly looks at the sale and its stock and goes
 * @param sale index into the sales of the run
 * @param buyer number of the buyer, from 0
 * @param repeats sends the same purchase, same key, once more after it was acknowledged
 * @param greedy sends more purchases, with new keys and all at once, until the limit must refuse
 * @param think how much of the longest pause before paying or cancelling it takes, 0 to 1
 */
public record BuyerPlan(
    boolean readsOnly,
    int sale,
    int buyer,
    boolean repeats,
    boolean greedy,
    Then then,
    double think) {

  /** What becomes of an order. */
  public enum Then {
    PAY,
    CANCEL,
    LEAVE
  }
}
