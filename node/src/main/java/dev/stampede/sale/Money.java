package dev.stampede.sale;

import java.util.regex.Pattern;

/**
 * An amount of money.
 *
 * @param minor in the smallest part of the currency (cents), 0 or more
 * @param currency ISO 4217 code, three capital letters
 */
public record Money(long minor, String currency) {

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** No money, in the code that ISO 4217 has for no currency. */
  public static final Money NONE = new Money(0, "XXX");

  /** Refuses what is out of range with an {@link IllegalArgumentException}. */
  public Money {
    if (minor < 0) {
      throw new IllegalArgumentException("price.minor must be 0 or more");
    }
    if (!CURRENCY.matcher(currency).matches()) {
      throw new IllegalArgumentException("price.currency must be three capital letters");
    }
  }

  /**
   * So many times as much, in the smallest part of the currency; at most {@link Long#MAX_VALUE},
   * which no total of an order reaches.
   *
   * @param factor 1 or more
   */
  public long times(int factor) {
    return minor > Long.MAX_VALUE / factor ? Long.MAX_VALUE : minor * factor;
  }

  @Override
  public String toString() {
    return minor + " " + currency;
  }
}
