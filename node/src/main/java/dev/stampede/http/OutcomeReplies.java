package dev.stampede.http;

import dev.stampede.order.Order;
import dev.stampede.order.OrderId;
import dev.stampede.sale.Money;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.Refund;
import dev.stampede.stock.StockKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The one table from the outcome of a command to the reply. */
final class OutcomeReplies {

  /** A stock view may be shown for a second by anybody. */
  private static final HttpField ONE_SECOND = Answer.fixed(HttpHeader.CACHE_CONTROL, "max-age=1");

  private OutcomeReplies() {}

  /**
   * What to say.
   *
   * @param key the shard that was asked
   * @param price of one unit of its sale
   */
  static Reply of(StockKey key, Money price, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reserved it -> created(key, price, it);
      case Outcome.Cancelled it -> ok(it.replayed(), order(key, price, it.order(), it.durable()));
      case Outcome.Found it -> ok(false, order(key, price, it.order(), it.durable()));
      case Outcome.Paid it ->
          payment(key, price, it.order(), it.durable(), it.replayed(), "paid", null);
      case Outcome.LateHonoured it ->
          payment(key, price, it.order(), it.durable(), false, "late-honoured", null);
      case Outcome.RefundDue it ->
          payment(key, price, it.order(), it.durable(), it.replayed(), "refunded", it.reason());
      case Outcome.Viewed it ->
          new Answer(200, List.of(Answer.JSON, ONE_SECOND), SaleJson.bytes(key.sale(), it.view()));
      case Outcome.Reported it ->
          Answer.json(200, SaleJson.bytes(key.sale(), it.report().phase(), it.report().counts()));

      case Outcome.SoldOut it ->
          Problem.of(ProblemType.SOLD_OUT, "Units left: " + it.available() + ".");
      case Outcome.LimitReached it ->
          Problem.of(
              ProblemType.LIMIT_REACHED,
              "One buyer may have " + it.limit() + ", you have " + it.taken() + " already.");
      case Outcome.TooManyOpen it ->
          Problem.of(
              ProblemType.TOO_MANY_OPEN_ORDERS,
              "One buyer may have "
                  + it.limit()
                  + " unpaid orders of a sale, you have "
                  + it.open()
                  + ".");
      case Outcome.TooManyOrders it ->
          Problem.of(
              ProblemType.TOO_MANY_ORDERS,
              "One buyer may place "
                  + it.limit()
                  + " orders of this sale, you have placed "
                  + it.placed()
                  + ", those that have ended included.");
      case Outcome.NotOpen it -> Problem.notOpen(it.opensAt(), System.currentTimeMillis());
      case Outcome.Closed it -> Problem.of(ProblemType.SALE_CLOSED);
      case Outcome.Frozen it -> Problem.of(ProblemType.SALE_FROZEN);
      case Outcome.KeyReused it -> Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED);
      case Outcome.UnknownOrder it -> Problem.of(ProblemType.UNKNOWN_ORDER);
      case Outcome.NotCancellable it ->
          Problem.of(ProblemType.NOT_CANCELLABLE, "It is " + it.order().state() + ".");
      case Outcome.NotEnough it ->
          Problem.of(ProblemType.NOT_ENOUGH_AVAILABLE, "Units left: " + it.available() + ".");
      case Outcome.Unanswered it -> Problem.of(reason(it.why()));
      case Outcome.Expired it ->
          throw new IllegalStateException("nobody ends holds over HTTP: " + it);
    };
  }

  private static ProblemType reason(Outcome.Why why) {
    return switch (why) {
      case LANE_FULL -> ProblemType.LANE_FULL;
      case UNAVAILABLE -> ProblemType.GRID_UNAVAILABLE;
      case BACKLOG_FULL -> ProblemType.PERSISTENCE_BACKLOG;
      case UNKNOWN -> ProblemType.OUTCOME_UNKNOWN;
      case NO_SUCH_SHARD -> ProblemType.UNKNOWN_SALE;
      case DRAINING -> ProblemType.DRAINING;
    };
  }

  private static Answer created(StockKey key, Money price, Outcome.Reserved reserved) {
    OrderId order = key.orderId(reserved.order().key());
    HttpField location = location(order);
    return new Answer(
        201,
        reserved.replayed()
            ? List.of(Answer.JSON, Answer.NO_STORE, location, Answer.REPLAYED)
            : List.of(Answer.JSON, Answer.NO_STORE, location),
        OrderJson.bytes(order.toString(), key, price, reserved.order(), reserved.durable()));
  }

  /** What to say of an order to whom wanted to wait until it is durable: 202 where it is not. */
  static Answer waited(StockKey key, Money price, Outcome.Reserved reserved) {
    Answer answer = created(key, price, reserved);
    List<HttpField> headers = new ArrayList<>(answer.headers());
    headers.add(Answer.WAITED);
    return new Answer(reserved.durable() ? 201 : 202, List.copyOf(headers), answer.body());
  }

  private static byte[] order(StockKey key, Money price, Order order, boolean durable) {
    return OrderJson.bytes(key.orderId(order.key()).toString(), key, price, order, durable);
  }

  private static Reply payment(
      StockKey key,
      Money price,
      Order order,
      boolean durable,
      boolean replayed,
      String outcome,
      Refund.@Nullable Reason reason) {
    if (!durable) {
      // Any 2xx would be the last that the provider says of it.
      return Problem.of(ProblemType.PAYMENT_NOT_DURABLE);
    }
    JsonBytes json = new JsonBytes(384);
    json.raw("{\"order\":").raw(order(key, price, order, durable));
    json.raw(",\"outcome\":").string(outcome);
    json.raw(",\"reason\":");
    if (reason == null) {
      json.raw("null");
    } else {
      json.string(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return ok(replayed, json.raw("}").toBytes());
  }

  private static HttpField location(OrderId id) {
    return new HttpField(HttpHeader.LOCATION, "/api/orders/" + id);
  }

  private static Answer ok(boolean replayed, byte[] body) {
    return replayed
        ? new Answer(200, List.of(Answer.JSON, Answer.NO_STORE, Answer.REPLAYED), body)
        : Answer.json(200, body);
  }
}
