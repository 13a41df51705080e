package dev.stampede.sale;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The published sales, as every node knows them. Any thread may ask. */
public interface Sales {

  /**
   * The sale of this name, perhaps with an old promotion; answered from local memory, without a
   * call to the grid, unless it was published a moment ago or there is none.
   */
  Optional<Sale> find(SaleId id);

  /**
   * Whether there is a sale of this name, by the database itself: a node that has not loaded its
   * sales yet must not say that one is unknown where money depends on it. Blocks.
   */
  boolean isPublished(SaleId id);

  /** All sales, by name, as this node knew them a moment ago; answered from local memory. */
  List<Sale> all();

  /** All sales, by name: also one that another node published just now. May block on the grid. */
  List<Sale> current();

  /** Publishes a sale: stores it with its stock, then tells every node. Blocks on the database. */
  Published publish(Sale sale);

  /**
   * Changes from when a sale is promoted, and nothing else of it: stores that, then tells every
   * node. Blocks on the database. Done again, it puts right what was done by half.
   *
   * @param id a published sale
   * @param promotion how long before it opens, within the bounds of {@link Sale}; empty: not at all
   * @return the sale as it is now
   */
  Sale promote(SaleId id, Optional<Duration> promotion);

  /** What became of a sale that was to be published. */
  enum Published {
    /** It is new. */
    NEW,
    /** The same sale was there already, with this promotion or another: it stays as it is. */
    SAME,
    /** Another sale of that name is there; nothing was changed. */
    OTHER,
    /**
     * It is dedicated, and there is a node of a build that would look for its stock elsewhere;
     * nothing was changed.
     */
    TOO_SOON
  }
}
