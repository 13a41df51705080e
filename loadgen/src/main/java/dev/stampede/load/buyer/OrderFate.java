package dev.stampede.load.buyer;

import dev.stampede.load.buyer.Resolution.GivenUp;
import dev.stampede.load.buyer.Resolution.Known;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Told;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Pays or cancels one acknowledged order. */
final class OrderFate {
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  /** Why a payment is sent back that was not for what was bought: here it always was. */
  private static final Set<String> WRONG_REASONS = Set.of("amount-differs", "other-order");

  private final Shop shop;
  private final int number;
  private final SaleInfo.Price price;
  private final Runnable done;
  private Acknowledged order;

  OrderFate(Shop shop, int number, Acknowledged order, SaleInfo.Price price, Runnable done) {
    this.shop = shop;
    this.number = number;
    this.order = order;
    this.price = price;
    this.done = done;
  }

  void pay(long due) {
    shop.record().began();
    learned(order.told(Told.PAYMENT_UNKNOWN));
    shop.resolver()
        .resolve(
            Op.PAY,
            () -> shop.calls().pay(order.order(), order.buyer(), order.quantity(), price),
            due,
            r -> end(paid(r)));
  }

  private Outcome paid(Resolution resolution) {
    return switch (resolution) {
      case GivenUp(Outcome outcome) -> givenUp(outcome);
      case Known(Answered answer, boolean _) -> paid(answer);
    };
  }

  private Outcome paid(Answered answer) {
    Json.Payment payment = payment(answer);
    return switch (payment == null ? "" : payment.outcome()) {
      case "paid" -> {
        // At-payment orders take their units only now.
        long from = order.takesUnits() ? order.liveFrom() : System.nanoTime();
        learned(order.told(Told.PAID).liveForGood(from));
        yield Outcome.PAID;
      }
      case "late-honoured" -> {
        learned(order.told(Told.PAID).liveForGood(System.nanoTime()));
        yield Outcome.PAID;
      }
      case "refunded" -> {
        learned(order.told(Told.REFUNDED));
        String reason = reason(payment);
        if (WRONG_REASONS.contains(reason)) {
          shop.record().refundFault(order.order() + ": " + reason);
        }
        yield Outcome.REFUNDED;
      }
      default -> unexpected("paying", answer);
    };
  }

  private static String reason(Json.@Nullable Payment payment) {
    String reason = payment == null ? null : payment.reason();
    return reason == null ? "" : reason;
  }

  private static Json.@Nullable Payment payment(Answered answer) {
    if (answer.status() != OK) {
      return null;
    }
    try {
      return Json.read(answer.body(), Json.Payment.class);
    } catch (JacksonException _) {
      return null;
    }
  }

  void cancel(String token, long due) {
    shop.record().began();
    order = order.liveAtMostTo(System.nanoTime());
    learned(order.told(Told.CANCEL_UNKNOWN));
    String key = "cancel-" + order.order();
    shop.resolver()
        .resolve(
            Op.CANCEL,
            () -> ShopCalls.cancel(order.order(), token, key),
            due,
            r -> end(cancelled(r)));
  }

  private Outcome cancelled(Resolution resolution) {
    return switch (resolution) {
      case GivenUp(Outcome outcome) -> givenUp(outcome);
      case Known(Answered answer, boolean _) ->
          switch (answer.status()) {
            case OK -> {
              learned(order.told(Told.CANCELLED));
              yield Outcome.CANCELLED;
            }
            case CONFLICT -> {
              learned(order.told(Told.CANCEL_REFUSED));
              yield Outcome.NOT_CANCELLABLE;
            }
            default -> unexpected("cancelling", answer);
          };
    };
  }

  private Outcome givenUp(Outcome outcome) {
    if (outcome != Outcome.UNKNOWN) {
      // Surely not carried out: the order is as it was.
      learned(order);
    }
    return outcome;
  }

  private Outcome unexpected(String doing, Answered answer) {
    shop.record().unexpected(Samples.of(doing, order.order(), answer));
    return Outcome.UNEXPECTED;
  }

  private void learned(Acknowledged now) {
    shop.record().learned(number, now);
  }

  private void end(Outcome outcome) {
    shop.record().ended(outcome);
    done.run();
  }
}
