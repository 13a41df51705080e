package dev.stampede.sale;

import java.time.Duration;
import java.time.Instant;

/**
 * The rules of a sale.
 *
 * @param opensAt the first instant at which orders are taken
 * @param closesAt the first instant at which none are taken any more; after {@code opensAt}
 * @param limitPerBuyer the units one buyer may have, held and sold together; 1 to {@value
 *     #MAX_LIMIT}
 * @param reduction when units leave the available stock
 * @param holdTime how long an unpaid order keeps its units, 1 s to 24 h, in whole milliseconds
 * @param shards over how many shards the stock is spread. One, for now: several need transfers
 *     between shards, without which a buyer could be told "sold out" while units are left
 * @param latePayments until when an order that ended unpaid may still be paid
 * @param price of one unit, up to {@value #MAX_PRICE} in minor units
 */
public record SaleTerms(
    Instant opensAt,
    Instant closesAt,
    int limitPerBuyer,
    Reduction reduction,
    Duration holdTime,
    int shards,
    LatePayments latePayments,
    Money price) {

  /** The highest price of one unit, in minor units: {@link #MAX_LIMIT} of them still fit. */
  public static final long MAX_PRICE = Long.MAX_VALUE / 1_000;

  /** The highest limit per buyer, in units. */
  public static final int MAX_LIMIT = 1_000;

  /** The shortest time for which units are held. */
  public static final Duration MIN_HOLD = Duration.ofSeconds(1);

  /** The longest time for which units are held. */
  public static final Duration MAX_HOLD = Duration.ofHours(24);

  /** The most shards of one sale. */
  public static final int MAX_SHARDS = 1;

  /** Refuses terms that contradict themselves with an {@link IllegalArgumentException}. */
  public SaleTerms {
    require(opensAt.isBefore(closesAt), "closesAt must be after opensAt");
    require(
        limitPerBuyer >= 1 && limitPerBuyer <= MAX_LIMIT,
        "limitPerBuyer must be from 1 to " + MAX_LIMIT);
    require(
        holdTime.compareTo(MIN_HOLD) >= 0 && holdTime.compareTo(MAX_HOLD) <= 0,
        "holdSeconds must be from " + MIN_HOLD.toSeconds() + " to " + MAX_HOLD.toSeconds());
    require(shards >= 1 && shards <= MAX_SHARDS, "shards must be " + MAX_SHARDS);
    require(price.minor() <= MAX_PRICE, "price.minor must be " + MAX_PRICE + " or less");
  }

  /** Terms without a price, under which late payments are taken until an operator closes. */
  public SaleTerms(
      Instant opensAt,
      Instant closesAt,
      int limitPerBuyer,
      Reduction reduction,
      Duration holdTime,
      int shards) {
    this(
        opensAt,
        closesAt,
        limitPerBuyer,
        reduction,
        holdTime,
        shards,
        LatePayments.UNTIL_CLOSED,
        Money.NONE);
  }

  /** The same terms at another price. */
  public SaleTerms at(Money other) {
    return new SaleTerms(
        opensAt, closesAt, limitPerBuyer, reduction, holdTime, shards, latePayments, other);
  }

  /** The same terms with another rule for late payments. */
  public SaleTerms with(LatePayments other) {
    return new SaleTerms(
        opensAt, closesAt, limitPerBuyer, reduction, holdTime, shards, other, price);
  }

  /**
   * Where a sale with these rules stands.
   *
   * @param frozen whether an operator stopped it
   * @param closed whether an operator ended it
   * @param now milliseconds since 1970
   */
  public SalePhase phase(boolean frozen, boolean closed, long now) {
    if (closed || now >= closesAt.toEpochMilli()) {
      return SalePhase.CLOSED;
    }
    if (frozen) {
      return SalePhase.FROZEN;
    }
    return now < opensAt.toEpochMilli() ? SalePhase.SCHEDULED : SalePhase.OPEN;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
