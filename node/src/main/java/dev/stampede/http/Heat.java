package dev.stampede.http;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How accesses are counted, and what is hot by them.
 *
 * @param reads is told of a sale that somebody looks at; on the hot path, so it must not block
 * @param purchases is told of a sale from which somebody tries to buy; likewise
 * @param sales what is hot now, the hottest first; may block for a moment
 * @param spells tells what becomes hot and cold
 */
public record Heat(
    Consumer<String> reads,
    Consumer<String> purchases,
    Supplier<List<HotSale>> sales,
    Spells spells) {

  /** Nothing is counted, and nothing is ever hot. */
  public static final Heat NONE =
      new Heat(sale -> {}, sale -> {}, List::of, (thread, watcher) -> {});

  /** Where to hear of spells. */
  @FunctionalInterface
  public interface Spells {

    /**
     * From now on, tells of every spell's beginning and end, in their order: each no sooner than
     * {@link #sales} knows of it.
     *
     * @param thread tells; runs one thing at a time
     */
    void tell(Executor thread, Watcher watcher);
  }

  /** Wants to know of spells. */
  public interface Watcher {

    /** A sale has become hot. */
    void hot(HotSale sale);

    /** It is hot no more. */
    void cold(String sale);
  }

  /**
   * A hot sale.
   *
   * @param sale its name
   * @param rate accesses per second, of all nodes together; 0 where it is only promoted
   * @param purchaseRate those of them that tried to buy
   * @param since when it became hot
   * @param sources by whom it was found: {@code nodes}, {@code kafka}, {@code static}
   * @param cachedOn the nodes that have its stock in their memory
   */
  public record HotSale(
      String sale,
      double rate,
      double purchaseRate,
      Instant since,
      List<String> sources,
      List<String> cachedOn) {}
}
