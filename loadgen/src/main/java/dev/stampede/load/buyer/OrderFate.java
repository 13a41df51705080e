package dev.stampede.load.buyer;

import dev.stampede.load.buyer.Resolution.GivenUp;
import dev.stampede.load.buyer.Resolution.Known;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Told;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Pays or cancels one acknowledged order. */
final class OrderFate {
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final Shop shop;
  private final int number;
  private final Runnable done;
  private Acknowledged order;

  OrderFate(Shop shop, int number, Acknowledged order, Runnable done) {
    this.shop = shop;
    this.number = number;
    this.order = order;
    this.done = done;
  }

  void pay(long due) {
    shop.record().began();
    learned(order.told(Told.PAYMENT_UNKNOWN));
    shop.resolver()
        .resolve(
            Op.PAY,
            () -> shop.calls().pay(order.order(), order.buyer(), order.quantity()),
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
        yield Outcome.REFUNDED;
      }
      default -> unexpected("paying", answer);
    };
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
