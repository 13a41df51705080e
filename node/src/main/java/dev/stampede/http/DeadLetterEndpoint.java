package dev.stampede.http;

import dev.stampede.order.Order;

/** Shows operators what buyers were told of and no database will ever have. */
final class DeadLetterEndpoint {

  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  private final DeadLetters letters;

  DeadLetterEndpoint(DeadLetters letters) {
    this.letters = letters;
  }

  Reply newest(Call call) {
    JsonBytes json = new JsonBytes(1024);
    json.raw("{\"deadLetters\":[");
    String comma = "";
    for (DeadLetters.Letter letter : letters.newest(call.limit(USUAL, MOST))) {
      write(json.raw(comma), letter);
      comma = ",";
    }
    return Answer.json(200, json.raw("]}").toBytes());
  }

  private static void write(JsonBytes json, DeadLetters.Letter letter) {
    json.raw("{\"shard\":").string(letter.change().key().toString());
    json.raw(",\"seq\":").number(letter.change().seq());
    json.raw(",\"chain\":").string(letter.change().chain().toString());
    json.raw(",\"reason\":").string(letter.reason());
    json.raw(",\"notedAt\":").time(letter.notedAt());
    json.raw(",\"orders\":[");
    String comma = "";
    for (Order order : letter.change().orders()) {
      json.raw(comma).raw("{\"id\":");
      json.string(letter.change().key().orderId(order.key()).toString());
      json.raw(",\"buyer\":").string(order.buyer().value());
      json.raw(",\"quantity\":").number(order.quantity());
      json.raw(",\"state\":").string(order.state().name()).raw("}");
      comma = ",";
    }
    json.raw("]}");
  }
}
