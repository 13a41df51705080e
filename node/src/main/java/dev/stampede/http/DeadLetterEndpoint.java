package dev.stampede.http;

import dev.stampede.http.DeadLetters.Retried;
import dev.stampede.order.Order;
import dev.stampede.stock.Adjustment;
import dev.stampede.stock.Refund;
import dev.stampede.stock.StockKey;
import java.util.List;
import java.util.function.BiConsumer;

/** Shows operators what the database did not take, and lets them try again. */
final class DeadLetterEndpoint {

  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  private final DeadLetters letters;

  DeadLetterEndpoint(DeadLetters letters) {
    this.letters = letters;
  }

  Reply page(Call call) {
    int limit = call.limit(USUAL, MOST);
    long before =
        call.after().map(text -> id(text, ProblemType.PARAMETER_INVALID)).orElse(Long.MAX_VALUE);
    List<DeadLetters.Letter> page = letters.page(before, limit);
    JsonBytes json = new JsonBytes(1024);
    list(json.raw("{\"deadLetters\":"), page, DeadLetterEndpoint::write);
    json.raw(",\"next\":");
    if (page.size() < limit) {
      return Answer.json(200, json.raw("null}").toBytes());
    }
    return Answer.json(200, json.string(Long.toString(page.getLast().id())).raw("}").toBytes());
  }

  Reply retry(Call call) {
    return switch (letters.retry(id(call.part("letter"), ProblemType.UNKNOWN_DEAD_LETTER))) {
      case Retried.Stored _ -> Answer.empty(204);
      case Retried.Refused refused -> Problem.of(ProblemType.STILL_REFUSED, refused.reason());
      case Retried.Lost _ -> Problem.of(ProblemType.NOT_RETRYABLE);
      case Retried.Unknown _ -> Problem.of(ProblemType.UNKNOWN_DEAD_LETTER);
    };
  }

  private static long id(String text, ProblemType otherwise) {
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw new Refused(otherwise);
    }
    return Long.parseLong(text);
  }

  private static void write(JsonBytes json, DeadLetters.Letter letter) {
    StockKey shard = letter.change().key();
    json.raw("{\"id\":").string(Long.toString(letter.id()));
    json.raw(",\"kind\":").string(letter.kind().name());
    json.raw(",\"shard\":").string(shard.toString());
    json.raw(",\"seq\":").number(letter.change().seq());
    json.raw(",\"chain\":").string(letter.change().chain().toString());
    json.raw(",\"reason\":").string(letter.reason());
    json.raw(",\"notedAt\":").time(letter.notedAt());
    json.raw(",\"orders\":");
    list(json, letter.change().orders(), (to, order) -> write(to, shard, order));
    json.raw(",\"refunds\":");
    list(json, letter.change().refunds(), (to, refund) -> write(to, shard, refund));
    json.raw(",\"adjustments\":");
    list(json, letter.change().adjustments(), DeadLetterEndpoint::write);
    json.raw("}");
  }

  private static void write(JsonBytes json, StockKey shard, Order order) {
    json.raw("{\"id\":").string(shard.orderId(order.key()).toString());
    json.raw(",\"buyer\":").string(order.buyer().value());
    json.raw(",\"quantity\":").number(order.quantity());
    json.raw(",\"state\":").string(order.state().name()).raw("}");
  }

  private static void write(JsonBytes json, StockKey shard, Refund refund) {
    json.raw("{\"order\":").string(shard.orderId(refund.order()).toString());
    json.raw(",\"payment\":").string(refund.payment().value());
    json.raw(",\"reason\":").string(refund.reason().name()).raw("}");
  }

  private static void write(JsonBytes json, Adjustment adjustment) {
    json.raw("{\"id\":").string(adjustment.id());
    json.raw(",\"kind\":").string(adjustment.kind().name());
    json.raw(",\"quantity\":").number(adjustment.quantity()).raw("}");
  }

  private static <T> void list(JsonBytes json, List<T> values, BiConsumer<JsonBytes, T> writer) {
    json.raw("[");
    String comma = "";
    for (T value : values) {
      writer.accept(json.raw(comma), value);
      comma = ",";
    }
    json.raw("]");
  }
}
