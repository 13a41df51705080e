package dev.stampede.http;

import dev.stampede.order.OrderId;
import dev.stampede.sale.Sale;
import dev.stampede.security.PaymentSignatures;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * What the payment provider tells. A provider counts any 2xx as delivered and never repeats it, so
 * 2xx is said only of what is durable, and of what is certainly not for us.
 */
final class PaymentEndpoint {

  private final HttpParts parts;
  private final SaleLookup lookup;
  private final ForeignEvents foreign;

  PaymentEndpoint(HttpParts parts, SaleLookup lookup) {
    this.parts = parts;
    this.lookup = lookup;
    this.foreign = new ForeignEvents(parts.metrics());
  }

  Reply notify(Call call) {
    PaymentNotification event = new PaymentNotification(authentic(call));
    if (!event.isPayment()) {
      return foreign.otherType();
    }
    JsonNode named = event.order();
    Optional<OrderId> order = named.isString() ? OrderId.parse(named.asString()) : Optional.empty();
    Optional<Sale> sale = order.flatMap(lookup::saleThatMayHave);
    return sale.isPresent()
        ? pay(sale.get(), order.get(), event)
        : foreign.otherOrder(named.toString());
  }

  /** Whatever keeps the answer from coming, the provider hears in time that it has to repeat. */
  private Reply pay(Sale sale, OrderId order, PaymentNotification event) {
    StockKey key = StockKey.of(order);
    ShardCommand pay =
        new ShardCommand.Pay(order.key(), event.payment(), event.claim(), event.amount());
    Duration within = parts.paymentDurableWithin();
    Optional<Outcome> outcome =
        parts
            .stock()
            .executeDurably(key, pay, within)
            .thenApply(Optional::of)
            .completeOnTimeout(Optional.empty(), within.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    return outcome.isPresent()
        ? OutcomeReplies.of(key, sale.terms().price(), outcome.get())
        : Problem.of(ProblemType.PAYMENT_NOT_DURABLE);
  }

  /** The body is not even looked at before it is known whose it is. */
  private JsonNode authentic(Call call) {
    byte[] body = call.body();
    PaymentSignatures.Verdict verdict =
        parts
            .payments()
            .verify(
                only(call, "webhook-id"),
                only(call, "webhook-timestamp"),
                all(call, "webhook-signature"),
                body);
    return switch (verdict) {
      case VALID -> call.json(body, JsonNode.class);
      case STALE -> throw new Refused(ProblemType.SIGNATURE_STALE);
      case INVALID -> throw new Refused(ProblemType.SIGNATURE_INVALID);
    };
  }

  private static String only(Call call, String name) {
    List<String> lines = all(call, name);
    if (lines.size() > 1) {
      throw new Refused(
          ProblemType.SIGNATURE_INVALID, "The header " + name + " may be there once only.");
    }
    return lines.getFirst();
  }

  private static List<String> all(Call call, String name) {
    List<String> lines = call.headers(name);
    if (lines.isEmpty()) {
      throw new Refused(ProblemType.SIGNATURE_INVALID, "The header " + name + " is missing.");
    }
    return lines;
  }
}
