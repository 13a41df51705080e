package dev.stampede.load.buyer;

import java.util.Objects;

/**
 * What a buyer needs to know of a sale.
 *
 * @param price of one unit
 * @param limitPerBuyer units, at least 1
 */
public record SaleInfo(String id, Price price, int limitPerBuyer) {
  public SaleInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(price, "price");
  }

  /**
   * An amount of money.
   *
   * @param minor in the smallest part of the currency (cents)
   * @param currency ISO 4217 code
   */
  public record Price(long minor, String currency) {
    public Price {
      Objects.requireNonNull(currency, "currency");
    }
  }
}
