package dev.stampede.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sale as an admin sends it. What may be left out has the value that {@link #sale} gives it. */
record SaleBody(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) String title,
    @JsonSetter(nulls = Nulls.SET) @Nullable String description,
    @JsonProperty(required = true) Price price,
    @JsonProperty(required = true) long quantity,
    @JsonProperty(required = true) String opensAt,
    @JsonProperty(required = true) String closesAt,
    @JsonProperty(required = true) int limitPerBuyer,
    @JsonSetter(nulls = Nulls.SET) @Nullable Reduction reduction,
    @JsonSetter(nulls = Nulls.SET) @Nullable Integer holdSeconds,
    @JsonSetter(nulls = Nulls.SET) @Nullable Integer shards,
    @JsonSetter(nulls = Nulls.SET) @Nullable Integer promoteSeconds,
    @JsonSetter(nulls = Nulls.SET) @Nullable Tier tier,
    @JsonSetter(nulls = Nulls.SET) @Nullable String latePayments) {

  private static final int USUAL_HOLD_SECONDS = 600;

  /** Times are written with four digits for the year. */
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  /** The price of one unit. */
  record Price(
      @JsonProperty(required = true) long minor, @JsonProperty(required = true) String currency) {}

  /** The sale; refuses one that cannot be. */
  Sale sale() {
    try {
      return new Sale(
          new SaleId(id),
          title,
          description == null ? "" : description,
          price.minor(),
          price.currency(),
          quantity,
          terms(),
          Optional.ofNullable(promoteSeconds).map(Duration::ofSeconds),
          tier == null ? Tier.STANDARD : tier);
    } catch (IllegalArgumentException e) {
      throw new Refused(ProblemType.SALE_INVALID, e.getMessage() + ".");
    }
  }

  private SaleTerms terms() {
    return new SaleTerms(
        instant("opensAt", opensAt),
        instant("closesAt", closesAt),
        limitPerBuyer,
        reduction == null ? Reduction.RESERVE : reduction,
        Duration.ofSeconds(holdSeconds == null ? USUAL_HOLD_SECONDS : holdSeconds),
        shards == null ? 1 : shards,
        latePayments == null ? LatePayments.UNTIL_CLOSED : late(latePayments),
        Money.NONE);
  }

  private static LatePayments late(String word) {
    return LatePayments.ofWord(word)
        .orElseThrow(
            () -> new IllegalArgumentException("latePayments must be untilClosed or always"));
  }

  private static Instant instant(String name, String text) {
    try {
      Instant instant = Instant.parse(text);
      if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END)) {
        throw new IllegalArgumentException(name + " must be from 1970 to 9999");
      }
      return instant.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + " must be like 2026-11-27T09:00:00.000Z");
    }
  }
}
