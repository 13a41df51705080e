package dev.stampede.config;

/**
 * What holds for all sales.
 *
 * @param maxOpenOrders how many unpaid orders of one sale a buyer may have at a time, 1 to 1,000
 * @param maxOrdersPerBuyer how many orders of one sale a buyer may place in all, those that have
 *     ended included, 1 to 1,000,000; {@link #BY_LIMIT} for what follows from the sale's limit
 * @param maxHeapShare how much of the heap the orders of all sales may be planned to take, 1 to
 *     {@value #UNLIMITED_HEAP_SHARE} percent
 */
public record SaleSettings(int maxOpenOrders, int maxOrdersPerBuyer, int maxHeapShare) {

  /** Stands for a number of orders that follows from the sale's limit per buyer. */
  public static final int BY_LIMIT = 0;

  /** A share of the heap that no sale is refused for. */
  public static final int UNLIMITED_HEAP_SHARE = 1_000_000;

  /** The usual settings, but for the unpaid orders. */
  public SaleSettings(int maxOpenOrders) {
    this(maxOpenOrders, BY_LIMIT, UNLIMITED_HEAP_SHARE);
  }
}
