package dev.stampede.http;

import dev.stampede.order.Order;
import dev.stampede.sale.Money;
import dev.stampede.stock.StockKey;
import java.nio.charset.StandardCharsets;

/** Orders in JSON. */
final class OrderJson {

  private static final byte[] ID = ascii("{\"id\":\"");
  private static final byte[] SALE = ascii("\",\"sale\":\"");
  private static final byte[] QUANTITY = ascii("\",\"quantity\":");
  private static final byte[] STATE = ascii(",\"state\":\"");
  private static final byte[] CREATED_AT = ascii("\",\"createdAt\":");
  private static final byte[] HELD_UNTIL = ascii(",\"heldUntil\":");
  private static final byte[] TOTAL = ascii(",\"total\":");
  private static final byte[] CURRENCY = ascii(",\"currency\":\"");
  private static final byte[] DURABLE = ascii("\",\"durable\":");

  private OrderJson() {}

  private static byte[] ascii(String piece) {
    return piece.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * One order.
   *
   * @param id its public id
   * @param key where it lives
   * @param price of one unit of its sale
   * @param durable whether it is known to be in the database
   */
  static byte[] bytes(String id, StockKey key, Money price, Order order, boolean durable) {
    JsonBytes json = new JsonBytes(320);
    json.raw(ID).raw(id).raw(SALE).raw(key.sale().value());
    json.raw(QUANTITY).number(order.quantity()).raw(STATE).raw(order.state().name());
    json.raw(CREATED_AT).time(order.createdAt()).raw(HELD_UNTIL);
    if (order.heldUntil() == 0) {
      json.raw("null");
    } else {
      json.time(order.heldUntil());
    }
    json.raw(TOTAL).number(price.times(order.quantity()));
    json.raw(CURRENCY).raw(price.currency());
    return json.raw(DURABLE).bool(durable).raw("}").toBytes();
  }
}
