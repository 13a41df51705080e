package dev.stampede.http;

import dev.stampede.order.Order;
import dev.stampede.stock.StockKey;

/** Orders in JSON. */
final class OrderJson {

  private OrderJson() {}

  /**
   * One order.
   *
   * @param id its public id
   * @param key where it lives
   * @param durable whether it is known to be in the database
   */
  static byte[] bytes(String id, StockKey key, Order order, boolean durable) {
    JsonBytes json = new JsonBytes(288);
    json.raw("{\"id\":\"").raw(id);
    json.raw("\",\"sale\":\"").raw(key.sale().value());
    json.raw("\",\"quantity\":").number(order.quantity());
    json.raw(",\"state\":\"").raw(order.state().name());
    json.raw("\",\"createdAt\":").time(order.createdAt());
    json.raw(",\"heldUntil\":");
    if (order.heldUntil() == 0) {
      json.raw("null");
    } else {
      json.time(order.heldUntil());
    }
    return json.raw(",\"durable\":").bool(durable).raw("}").toBytes();
  }
}
