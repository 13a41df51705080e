package dev.stampede.hotspot.pipeline;

import java.io.Serializable;

/**
 * How often a sale was asked for.
 *
 * @param sale its name
 * @param reads of sale and stock
 * @param purchases asked for, whatever became of them
 */
public record SaleCount(String sale, long reads, long purchases) implements Serializable {

  private static final long serialVersionUID = 1L;

  static SaleCount of(SaleAccess access) {
    return new SaleCount(access.sale(), access.purchase() ? 0 : 1, access.purchase() ? 1 : 0);
  }

  SaleCount plus(SaleCount more) {
    return new SaleCount(sale, reads + more.reads, purchases + more.purchases);
  }

  /** Reads and purchases. */
  public long total() {
    return reads + purchases;
  }
}
