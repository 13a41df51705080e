package dev.stampede.sale;

import java.util.List;
import java.util.Optional;

/** The published sales, as every node knows them. Any thread may ask. */
public interface Sales {

  /** The sale of this name; answered from local memory where it was asked for before. */
  Optional<Sale> find(SaleId id);

  /** All sales, by name. */
  List<Sale> all();

  /** Publishes a sale: stores it with its stock, then tells every node. Blocks on the database. */
  Published publish(Sale sale);

  /** What became of a sale that was to be published. */
  enum Published {
    /** It is new. */
    NEW,
    /** The same sale was there already. */
    SAME,
    /** Another sale of that name is there; nothing was changed. */
    OTHER
  }
}
