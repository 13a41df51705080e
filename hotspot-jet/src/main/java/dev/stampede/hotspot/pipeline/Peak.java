package dev.stampede.hotspot.pipeline;

import java.io.Serializable;

/**
 * The busiest second.
 *
 * @param accesses in it
 * @param second which, since 1970
 */
public record Peak(int accesses, long second) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The greater of two; of equal ones the earlier. */
  static Peak max(Peak one, Peak other) {
    boolean first =
        one.accesses == other.accesses ? one.second <= other.second : one.accesses > other.accesses;
    return first ? one : other;
  }
}
