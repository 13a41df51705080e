package dev.stampede.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.PaymentId;
import dev.stampede.security.PaymentSignatures;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the payment provider tells. Answers once the stock has taken note. */
final class PaymentEndpoint {

  private static final String SUCCEEDED = "payment.succeeded";

  private final PaymentSignatures signatures;
  private final Stock stock;
  private final SaleLookup lookup;

  /** The one notification there is; {@code timestamp} is part of the standard and not needed. */
  record Notification(
      @JsonProperty(required = true) String type,
      @JsonSetter(nulls = Nulls.SET) @Nullable String timestamp,
      @JsonProperty(required = true) Payment data) {}

  /** Which payment, for which order; buyer and quantity as the shop had it when payment began. */
  record Payment(
      @JsonProperty(required = true) String order,
      @JsonProperty(required = true) String payment,
      @JsonSetter(nulls = Nulls.SET) @Nullable String buyer,
      @JsonSetter(nulls = Nulls.SET) @Nullable Integer quantity) {}

  PaymentEndpoint(PaymentSignatures signatures, Stock stock, SaleLookup lookup) {
    this.signatures = signatures;
    this.stock = stock;
    this.lookup = lookup;
  }

  Reply notify(Call call) {
    Notification notification = authentic(call);
    if (!notification.type().equals(SUCCEEDED)) {
      throw new Refused(
          ProblemType.BODY_MALFORMED, "The property \"type\" must be " + SUCCEEDED + ".");
    }
    OrderId order =
        OrderId.parse(notification.data().order())
            .orElseThrow(() -> new Refused(ProblemType.UNKNOWN_ORDER));
    StockKey key = lookup.shardOf(order);
    Payment data = notification.data();
    ShardCommand pay = new ShardCommand.Pay(order.key(), payment(data.payment()), claim(data));
    return OutcomeReplies.of(key, stock.execute(key, pay).join());
  }

  /** The body is not even looked at before it is known whose it is. */
  private Notification authentic(Call call) {
    byte[] body = call.body();
    PaymentSignatures.Verdict verdict =
        signatures.verify(
            header(call, "webhook-id"), header(call, "webhook-timestamp"), signatures(call), body);
    return switch (verdict) {
      case VALID -> call.json(body, Notification.class);
      case STALE -> throw new Refused(ProblemType.SIGNATURE_STALE);
      case INVALID -> throw new Refused(ProblemType.SIGNATURE_INVALID);
    };
  }

  private static String signatures(Call call) {
    return required("webhook-signature", call.list("webhook-signature", " "));
  }

  private static String header(Call call, String name) {
    return required(name, call.header(name));
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new Refused(ProblemType.SIGNATURE_INVALID, "The header " + name + " is missing.");
    }
    return value;
  }

  private static PaymentId payment(String text) {
    try {
      return PaymentId.of(text);
    } catch (IllegalArgumentException e) {
      throw malformed("payment", e.getMessage());
    }
  }

  private static Optional<ShardCommand.Claim> claim(Payment data) {
    if (data.buyer() == null && data.quantity() == null) {
      return Optional.empty();
    }
    if (data.buyer() == null || data.quantity() == null) {
      throw malformed(
          data.buyer() == null ? "buyer" : "quantity", "buyer and quantity come together");
    }
    if (data.quantity() < 1) {
      throw malformed("quantity", "must be 1 or more");
    }
    try {
      return Optional.of(new ShardCommand.Claim(BuyerId.of(data.buyer()), data.quantity()));
    } catch (IllegalArgumentException e) {
      throw malformed("buyer", e.getMessage());
    }
  }

  private static Refused malformed(String property, @Nullable String why) {
    return new Refused(
        ProblemType.BODY_MALFORMED, "The property \"data." + property + "\": " + why + ".");
  }
}
