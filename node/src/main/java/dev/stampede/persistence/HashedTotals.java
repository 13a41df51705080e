package dev.stampede.persistence;

/**
 * Units by buyer, where a buyer is a hash of 64 bits: 64 bytes a buyer at most, however long the
 * names are. Two buyers may share a hash, so what it tells of one is an upper bound.
 *
 * <p>For one thread. An open-addressing table, at most half full.
 */
final class HashedTotals {

  private static final int FIRST_SIZE = 1 << 10;
  private static final long FNV_OFFSET = 0xCBF2_9CE4_8422_2325L;
  private static final long FNV_PRIME = 0x100_0000_01B3L;

  /** 0 where the place is free. */
  private long[] hashes = new long[FIRST_SIZE];

  private long[] totals = new long[FIRST_SIZE];
  private int buyers;
  private long largest;

  void add(String buyer, int units) {
    if (2 * buyers >= hashes.length) {
      grow();
    }
    long hash = hash(buyer);
    int place = place(hash);
    if (hashes[place] == 0) {
      hashes[place] = hash;
      buyers++;
    }
    totals[place] += units;
    largest = Math.max(largest, totals[place]);
  }

  /** No less than the units of this buyer. */
  long atMost(String buyer) {
    return totals[place(hash(buyer))];
  }

  /** Whether no buyer has more than so many units; if it is false, perhaps no buyer has either. */
  boolean areAtMost(long units) {
    return largest <= units;
  }

  /** Where this hash is, or where it belongs. */
  private int place(long hash) {
    int mask = hashes.length - 1;
    int place = (int) (hash ^ (hash >>> 32)) & mask;
    while (hashes[place] != hash && hashes[place] != 0) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldTotals = totals;
    hashes = new long[2 * oldHashes.length];
    totals = new long[hashes.length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int place = place(oldHashes[i]);
        hashes[place] = oldHashes[i];
        totals[place] = oldTotals[i];
      }
    }
  }

  /** FNV-1a over the characters, then mixed, so that names that count up do not lie together. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9E37_79B9_7F4A_7C15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
