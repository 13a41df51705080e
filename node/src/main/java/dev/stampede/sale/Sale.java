package dev.stampede.sale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One item offered in a fixed quantity between two instants. Static once published, but for its
 * promotion: what else changes while it runs lives in its shards.
 *
 * @param id its name
 * @param title what people see first, 1 to {@value #MAX_TITLE} characters (code points)
 * @param description more about it, up to {@value #MAX_DESCRIPTION} characters (code points)
 * @param quantity the units issued when it is published, 1 to {@value #MAX_QUANTITY}
 * @param terms its rules, the price of one unit among them
 * @param promotion how long before it opens it is taken to be hot, up to 7 days, in whole
 *     milliseconds; empty where it is not promoted
 * @param tier how far it is kept apart from other sales; never changes, as its stock lives where
 *     its tier says
 */
public record Sale(
    SaleId id,
    String title,
    String description,
    long quantity,
    SaleTerms terms,
    Optional<Duration> promotion,
    Tier tier) {

  /** The longest title, in characters (code points). */
  public static final int MAX_TITLE = 200;

  /** The longest description, in characters (code points). */
  public static final int MAX_DESCRIPTION = 4_000;

  /** The most units of one sale, and of one restock. */
  public static final long MAX_QUANTITY = 100_000_000;

  /** The longest time before it opens at which a sale may be promoted. */
  public static final Duration MAX_PROMOTION = Duration.ofDays(7);

  /** Refuses what is out of range with an {@link IllegalArgumentException}. */
  public Sale {
    require(
        !title.isBlank() && UnicodeText.length(title) <= MAX_TITLE,
        "title must have 1 to 200 characters");
    require(UnicodeText.isWellFormed(title), "title has an unpaired surrogate");
    require(
        UnicodeText.length(description) <= MAX_DESCRIPTION,
        "description has more than 4000 characters");
    require(UnicodeText.isWellFormed(description), "description has an unpaired surrogate");
    require(
        quantity >= 1 && quantity <= MAX_QUANTITY, "quantity must be from 1 to " + MAX_QUANTITY);
    require(
        promotion.filter(time -> time.isNegative() || time.compareTo(MAX_PROMOTION) > 0).isEmpty(),
        "promoteSeconds must be from 0 to " + MAX_PROMOTION.toSeconds());
  }

  /**
   * A sale at a price.
   *
   * @param priceMinor of one unit, in the currency's smallest part
   * @param currency ISO 4217 code
   */
  public Sale(
      SaleId id,
      String title,
      String description,
      long priceMinor,
      String currency,
      long quantity,
      SaleTerms terms,
      Optional<Duration> promotion,
      Tier tier) {
    this(
        id,
        title,
        description,
        quantity,
        terms.at(new Money(priceMinor, currency)),
        promotion,
        tier);
  }

  /** The price of one unit in the currency's smallest part. */
  public long priceMinor() {
    return terms.price().minor();
  }

  /** The currency of its price. */
  public String currency() {
    return terms.price().currency();
  }

  /** A sale that is neither promoted nor kept apart. */
  public Sale(
      SaleId id,
      String title,
      String description,
      long priceMinor,
      String currency,
      long quantity,
      SaleTerms terms) {
    this(
        id,
        title,
        description,
        priceMinor,
        currency,
        quantity,
        terms,
        Optional.empty(),
        Tier.STANDARD);
  }

  /**
   * Whether it is to be taken for hot, whoever asks for it: from so long before it opens until it
   * closes.
   *
   * @param now milliseconds since 1970
   */
  public boolean isPromoted(long now) {
    return promotedFrom().filter(from -> now >= from.toEpochMilli()).isPresent()
        && now < terms.closesAt().toEpochMilli();
  }

  /**
   * Whether it has closed by its terms, so that nobody could ever buy from it.
   *
   * @param now milliseconds since 1970
   */
  public boolean isOver(long now) {
    return now >= terms.closesAt().toEpochMilli();
  }

  /** The same sale, promoted from another time on; empty: not at all. */
  public Sale withPromotion(Optional<Duration> other) {
    return new Sale(id, title, description, quantity, terms, other, tier);
  }

  /** When it is taken for hot at the earliest; empty where it is not promoted. */
  public Optional<Instant> promotedFrom() {
    return promotion.map(terms.opensAt()::minus);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
