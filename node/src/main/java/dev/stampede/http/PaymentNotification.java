package dev.stampede.http;

import dev.stampede.order.BuyerId;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Money;
import dev.stampede.stock.ShardCommand;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of the payment provider, as far as it concerns us. A third party writes it: whatever it
 * adds is ignored, and nothing is read of an event that is not ours.
 */
final class PaymentNotification {

  private static final String SUCCEEDED = "payment.succeeded";

  private final String type;
  private final JsonNode data;

  /** Refuses an event that has no type. */
  PaymentNotification(JsonNode event) {
    JsonNode type = event.path("type");
    if (!type.isString()) {
      throw malformed("type", "a text is needed");
    }
    this.type = type.asString();
    this.data = event.path("data");
  }

  /** Which kind of event it is, in the provider's words. */
  String type() {
    return type;
  }

  /** Whether it says that a payment has succeeded. */
  boolean isPayment() {
    return type.equals(SUCCEEDED);
  }

  /** What was paid for, whatever it is; refuses a payment that does not say. */
  JsonNode order() {
    JsonNode order = data.path("order");
    if (order.isMissingNode() || order.isNull()) {
      throw malformed("data.order", "it is missing");
    }
    return order;
  }

  /** Which payment; refuses one without a fitting id. */
  PaymentId payment() {
    try {
      return PaymentId.of(text("payment"));
    } catch (IllegalArgumentException e) {
      throw malformed("data.payment", e.getMessage());
    }
  }

  /** What was paid for, where the notification says so. */
  Optional<ShardCommand.Claim> claim() {
    boolean buyer = data.hasNonNull("buyer");
    boolean quantity = data.hasNonNull("quantity");
    if (!buyer && !quantity) {
      return Optional.empty();
    }
    if (!buyer || !quantity) {
      throw malformed(buyer ? "data.quantity" : "data.buyer", "buyer and quantity come together");
    }
    JsonNode units = data.path("quantity");
    if (!units.isIntegralNumber() || !units.canConvertToInt() || units.asInt() < 1) {
      throw malformed("data.quantity", "must be a whole number, 1 or more");
    }
    try {
      return Optional.of(new ShardCommand.Claim(BuyerId.of(text("buyer")), units.asInt()));
    } catch (IllegalArgumentException e) {
      throw malformed("data.buyer", e.getMessage());
    }
  }

  /** How much was paid, in the currency's smallest part, where the notification says so. */
  Optional<Money> amount() {
    boolean amount = data.hasNonNull("amount");
    boolean currency = data.hasNonNull("currency");
    if (!amount && !currency) {
      return Optional.empty();
    }
    if (!amount || !currency) {
      throw malformed(
          amount ? "data.currency" : "data.amount", "amount and currency come together");
    }
    JsonNode minor = data.path("amount");
    if (!minor.isIntegralNumber() || !minor.canConvertToLong() || minor.asLong() < 0) {
      throw malformed(
          "data.amount",
          "must be a whole number of the currency's smallest part, 0 or more, such as 1980 for"
              + " 19.80 EUR");
    }
    try {
      return Optional.of(new Money(minor.asLong(), text("currency").toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw malformed("data.currency", "must be three letters, such as EUR");
    }
  }

  private String text(String property) {
    JsonNode value = data.path(property);
    if (!value.isString()) {
      throw malformed("data." + property, "a text is needed");
    }
    return value.asString();
  }

  private static Refused malformed(String property, @Nullable String why) {
    return new Refused(
        ProblemType.BODY_MALFORMED, "The property \"" + property + "\": " + why + ".");
  }
}
