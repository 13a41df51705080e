package dev.stampede.load.buyer;

import dev.stampede.load.buyer.Resolution.GivenUp;
import dev.stampede.load.buyer.Resolution.Known;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import dev.stampede.load.plan.BuyerPlan;
import dev.stampede.load.record.Op;
import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Purchase.Unanswered;
import dev.stampede.load.record.Told;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One purchase with one key: buy, perhaps repeat the same, then hand the order over. */
final class PurchaseFlow {
  /** Hears how the purchase ended. */
  interface Listener {
    void bought(int number, Acknowledged order, String token);

    void notBought();
  }

  // Clocks of two owners of one shard may differ by this much; holds count as that much shorter.
  private static final long CLOCK_SKEW_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int CREATED = 201;

  private final Shop shop;
  private final SaleInfo sale;
  private final String buyer;
  private final String token;
  private final String key;
  private final boolean repeats;
  private final Listener listener;
  private final int number;
  private long sentAt;

  PurchaseFlow(Shop shop, SaleInfo sale, BuyerPlan plan, String key, Listener listener) {
    this.shop = shop;
    this.sale = sale;
    this.buyer = shop.buyers().id(plan.buyer());
    this.token = shop.buyers().token(plan.buyer());
    this.key = key;
    this.repeats = plan.repeats();
    this.listener = listener;
    this.number = shop.record().opened(new Unanswered(sale.id(), buyer, shop.quantity(), false));
  }

  void start(long due) {
    sentAt = System.nanoTime();
    shop.record().began();
    shop.resolver().resolve(Op.BUY, this::call, due, resolution -> ended(resolution, due));
  }

  private Call call() {
    return shop.durable()
        ? ShopCalls.buyDurably(sale.id(), token, key, shop.quantity())
        : ShopCalls.buy(sale.id(), token, key, shop.quantity());
  }

  private void ended(Resolution resolution, long due) {
    switch (resolution) {
      case Known known -> {
        shop.record().known(System.nanoTime() - due);
        answered(known);
      }
      case GivenUp(Outcome outcome) -> {
        if (outcome != Outcome.UNKNOWN) {
          shop.record().refused(number);
        }
        notBought(outcome);
      }
    }
  }

  private void answered(Known known) {
    Answered answer = known.answer();
    if (answer.status() == CREATED) {
      acknowledged(answer);
      return;
    }
    Outcome refusal = refusal(answer);
    switch (refusal) {
      // It stays on record as unanswered: nobody knows what an unexpected answer has left behind.
      case UNEXPECTED -> shop.record().unexpected(Samples.of("buying", sale.id(), answer));
      case SOLD_OUT, LIMITED, NOT_OPEN, CLOSED -> refused(known, refusal);
      default -> throw new IllegalStateException("no refusal: " + refusal);
    }
    notBought(refusal);
  }

  private void refused(Known known, Outcome refusal) {
    if (refusal == Outcome.SOLD_OUT) {
      shop.record().soldOut(sale.id());
    }
    if (known.doubted()) {
      shop.record().learned(number, new Unanswered(sale.id(), buyer, shop.quantity(), true));
    } else {
      shop.record().refused(number);
    }
  }

  private static Outcome refusal(Answered answer) {
    return switch (answer.status() + " " + Json.problemCode(answer.body())) {
      case "409 sold-out" -> Outcome.SOLD_OUT;
      case "409 limit-reached", "409 too-many-open-orders", "409 too-many-orders" ->
          Outcome.LIMITED;
      case "409 sale-closed" -> Outcome.CLOSED;
      case "403 sale-not-open" -> Outcome.NOT_OPEN;
      default -> Outcome.UNEXPECTED;
    };
  }

  private void acknowledged(Answered answer) {
    Acknowledged order = order(answer);
    if (order == null) {
      shop.record().unexpected(Samples.of("buying", sale.id(), answer));
      notBought(Outcome.UNEXPECTED);
      return;
    }
    shop.record().learned(number, order);
    shop.record().ended(Outcome.RESERVED);
    if (repeats) {
      repeat(order);
    } else {
      listener.bought(number, order, token);
    }
  }

  /** The order in the answer; null if there is none. */
  private @Nullable Acknowledged order(Answered answer) {
    Json.Order order;
    try {
      order = Json.read(answer.body(), Json.Order.class);
    } catch (JacksonException _) {
      return null;
    }
    Instant until = order.heldUntil();
    return new Acknowledged(
        sale.id(),
        buyer,
        shop.quantity(),
        order.id(),
        OrderState.of(order.state()),
        Told.TAKEN,
        System.nanoTime(),
        until == null ? Long.MAX_VALUE : sentAt + holdNanos(order.createdAt(), until),
        until == null ? Long.MAX_VALUE : until.toEpochMilli());
  }

  private static long holdNanos(Instant createdAt, Instant heldUntil) {
    return Duration.between(createdAt, heldUntil).toNanos() - CLOCK_SKEW_NANOS;
  }

  private void repeat(Acknowledged order) {
    shop.record().began();
    shop.resolver()
        .resolve(
            Op.BUY,
            this::call,
            System.nanoTime(),
            resolution -> {
              shop.record().ended(repeated(order, resolution));
              listener.bought(number, order, token);
            });
  }

  private Outcome repeated(Acknowledged order, Resolution resolution) {
    return switch (resolution) {
      case GivenUp(Outcome outcome) -> outcome;
      case Known(Answered answer, boolean _) -> {
        Acknowledged again = answer.status() == CREATED ? order(answer) : null;
        if (again != null && again.order().equals(order.order())) {
          yield Outcome.REPLAYED;
        }
        shop.record()
            .replayFault("%s: %s".formatted(order.order(), Samples.of("again", key, answer)));
        yield Outcome.UNEXPECTED;
      }
    };
  }

  private void notBought(Outcome outcome) {
    shop.record().ended(outcome);
    listener.notBought();
  }
}
