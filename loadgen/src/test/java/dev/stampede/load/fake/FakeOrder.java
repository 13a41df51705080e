package dev.stampede.load.fake;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An order of the fake shop. */
record FakeOrder(
    String id, String sale, String buyer, int quantity, String state, Instant at, Instant until) {
  FakeOrder in(String newState) {
    return new FakeOrder(id, sale, buyer, quantity, newState, at, until);
  }

  boolean isLive() {
    return state.equals("HELD") || state.equals("PAID");
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("sale", sale);
    json.put("quantity", quantity);
    json.put("state", state);
    json.put("createdAt", at.toString());
    json.put("heldUntil", until.toString());
    json.put("durable", false);
    return json;
  }

  Map<String, Object> row() {
    return Map.of("id", id, "buyer", buyer, "quantity", quantity, "state", state);
  }
}
