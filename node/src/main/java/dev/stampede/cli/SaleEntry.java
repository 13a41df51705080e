package dev.stampede.cli;

import dev.stampede.config.ConfigException;
import dev.stampede.config.Durations;
import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** One entry of a sale file. */
final class SaleEntry {

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "description",
          "price",
          "currency",
          "quantity",
          "opensAt",
          "opensIn",
          "closesAt",
          "closesIn",
          "limitPerBuyer",
          "reduction",
          "hold",
          "promote",
          "latePayments",
          "tier");

  private static final String INSTANT = "an instant such as 2026-11-27T09:00:00Z";
  private static final String TIME = "a time such as 90s, 30m, 24h";
  private static final String SECONDS = "whole seconds such as 10s, 15m";

  /** No powers of ten: {@code 1e3} is a slip rather than a price. */
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,19}(\\.[0-9]{1,9})?");

  private final String where;
  private final JsonNode entry;
  private final Instant now;

  /** An entry; {@code where} is its place in messages. */
  SaleEntry(String where, JsonNode entry, Instant now) {
    this.where = where;
    this.entry = entry;
    this.now = now;
  }

  Sale sale() {
    if (!entry.isObject()) {
      throw new ConfigException(where + ": expected the keys of a sale");
    }
    for (String key : entry.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new ConfigException(
            where
                + "."
                + key
                + ": no such key; expected one of "
                + String.join(", ", KEYS.stream().sorted().toList()));
      }
    }
    Currency currency = value("currency", "a currency such as EUR", Currency::getInstance);
    SaleId id = value("id", "1 to 40 of a-z, 0-9 and single inner hyphens", SaleId::new);
    try {
      return new Sale(
          id,
          value("title", "1 to 200 characters", Function.identity()),
          text("description").orElse(""),
          price(currency),
          currency.getCurrencyCode(),
          value("quantity", "units, 1 or more", Long::valueOf),
          terms(),
          text("promote").map(_ -> value("promote", SECONDS, SaleEntry::wholeSeconds)),
          text("tier")
              .map(_ -> value("tier", Arrays.toString(Tier.values()), Tier::valueOf))
              .orElse(Tier.STANDARD));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(where + " (" + id + "): " + e.getMessage());
    }
  }

  private SaleTerms terms() {
    return new SaleTerms(
        instant("opensAt", "opensIn"),
        instant("closesAt", "closesIn"),
        value("limitPerBuyer", "units, 1 or more", Integer::valueOf),
        value("reduction", Arrays.toString(Reduction.values()), Reduction::valueOf),
        value("hold", SECONDS, SaleEntry::wholeSeconds),
        1,
        text("latePayments")
            .map(_ -> value("latePayments", "untilClosed or always", SaleEntry::latePayments))
            .orElse(LatePayments.UNTIL_CLOSED),
        Money.NONE);
  }

  private long price(Currency currency) {
    int decimals = Math.max(0, currency.getDefaultFractionDigits());
    return value(
        "price",
        "an amount with at most " + decimals + " decimals",
        text -> amount(text).movePointRight(decimals).longValueExact());
  }

  private static BigDecimal amount(String text) {
    if (!AMOUNT.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return new BigDecimal(text);
  }

  /** An instant as it is, or so long from now. */
  private Instant instant(String at, String in) {
    if (text(at).isPresent() == text(in).isPresent()) {
      throw new ConfigException(where + ": expected either " + at + " or " + in);
    }
    return text(at).isPresent()
        ? value(at, INSTANT, Instant::parse)
        : now.plus(value(in, TIME, SaleEntry::duration));
  }

  private static LatePayments latePayments(String text) {
    return LatePayments.ofWord(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static Duration duration(String text) {
    return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static Duration wholeSeconds(String text) {
    Duration time = duration(text);
    if (time.toMillisPart() != 0) {
      throw new IllegalArgumentException(text);
    }
    return time;
  }

  /** The value of a key; {@code read} refuses by one of the exceptions of java.* for bad texts. */
  private <T> T value(String key, String expected, Function<String, T> read) {
    String text =
        text(key)
            .orElseThrow(
                () -> new ConfigException(where + "." + key + ": missing; expected " + expected));
    try {
      return read.apply(text);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new ConfigException(
          where + "." + key + ": found \"" + text + "\", expected " + expected);
    }
  }

  private Optional<String> text(String key) {
    JsonNode value = entry.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      throw new ConfigException(where + "." + key + ": expected a single value");
    }
    return Optional.of(value.asString());
  }
}
