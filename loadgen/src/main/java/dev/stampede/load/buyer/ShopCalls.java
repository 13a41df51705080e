package dev.stampede.load.buyer;

import dev.stampede.load.http.Call;
import dev.stampede.load.http.Header;
import java.time.InstantSource;

/** The calls of the shop's API. For the loop's thread, as the signer is. */
public final class ShopCalls {
  private final WebhookSigner payments;
  private final InstantSource clock;

  public ShopCalls(WebhookSigner payments, InstantSource clock) {
    this.payments = payments;
    this.clock = clock;
  }

  public static Call sale(String sale) {
    return Call.get("/api/sales/" + sale);
  }

  public static Call stock(String sale) {
    return Call.get("/api/sales/" + sale + "/stock");
  }

  public static Call order(String order, String token) {
    return Call.get("/api/orders/" + order, bearer(token));
  }

  static Call buy(String sale, String token, String key, int quantity) {
    return Call.post(
        "/api/sales/" + sale + "/orders",
        "{\"quantity\":" + quantity + "}",
        bearer(token),
        key(key));
  }

  /** The same, answered with 201 only once the order survives the loss of every node. */
  static Call buyDurably(String sale, String token, String key, int quantity) {
    return buy(sale, token, key, quantity).with(new Header("Prefer", "wait"));
  }

  static Call cancel(String order, String token, String key) {
    return Call.post("/api/orders/" + order + "/cancel", "{}", bearer(token), key(key));
  }

  /**
   * The payment provider's notification; signed anew each time, as an old one would be stale. What
   * was paid follows from the sale's price, not from what the order says of itself.
   *
   * @param price of one unit
   */
  Call pay(String order, String buyer, int quantity, SaleInfo.Price price) {
    String body =
        "{\"type\":\"payment.succeeded\",\"data\":{\"order\":\""
            + order
            + "\",\"payment\":\"pay-"
            + order
            + "\",\"buyer\":\""
            + buyer
            + "\",\"quantity\":"
            + quantity
            + ",\"amount\":"
            + price.minor() * quantity
            + ",\"currency\":\""
            + price.currency()
            + "\"}}";
    long now = clock.instant().getEpochSecond();
    return Call.post(
        "/api/payments/notifications", body, payments.headers("msg-" + order, now, body));
  }

  /** The header that says who asks. */
  public static Header bearer(String token) {
    return new Header("Authorization", "Bearer " + token);
  }

  private static Header key(String key) {
    return new Header("Idempotency-Key", key);
  }
}
