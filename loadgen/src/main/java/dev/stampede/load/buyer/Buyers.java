package dev.stampede.load.buyer;

/** Who buys: ids and tokens of buyers 0 to {@link #count()} - 1. */
public interface Buyers {
  int count();

  String id(int number);

  /** A signed token that the servers take for this buyer. */
  String token(int number);

  /** Whether a buyer of this id belongs to the run. */
  boolean includes(String id);

  /** Whether no other run has ever bought under these ids. */
  boolean areNew();
}
