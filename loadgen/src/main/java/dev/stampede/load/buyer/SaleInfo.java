package dev.stampede.load.buyer;

import java.util.Objects;

/**
 * What a buyer needs to know of a sale.
 *
 * @param limitPerBuyer units, at least 1
 */
public record SaleInfo(String id, int limitPerBuyer) {
  public SaleInfo {
    Objects.requireNonNull(id, "id");
  }
}
