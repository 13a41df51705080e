package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.OrderId;
import dev.stampede.order.PaymentId;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ReceiptApiTest extends ApiTest {

  private static final String NO_HASH = "0".repeat(2 * ChainHash.LENGTH);

  @AfterEach
  void restoreChanges() {
    server.changes.set(server.memory::change);
  }

  /** The second order of a sale. */
  private OrderId order(String buyer) {
    String sale = fresh("sale");
    server.publish(sale, 5);
    buy(sale, "first", "k1");
    return OrderId.parse(json(buy(sale, buyer, "k1")).get("id").asString()).orElseThrow();
  }

  private HttpResponse<String> receipt(String token, OrderId order) {
    return getAs(token, "/api/orders/" + order + "/receipt");
  }

  private static byte[] base64(JsonNode text) {
    return Base64.getDecoder().decode(text.asString());
  }

  /** With nothing but the receipt and SHA-256, as one would offline. */
  private static String hash(JsonNode base, byte[] body) throws NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(HexFormat.of().parseHex(base.asString()));
    return HexFormat.of().formatHex(sha256.digest(body));
  }

  @Test
  void receipt_whenStored_canBeCheckedOffline() throws NoSuchAlgorithmException {
    OrderId order = order("ann");

    JsonNode receipt = json(receipt(server.adminToken(), order));

    byte[] body = base64(receipt.get("body"));
    byte[] entry = base64(receipt.get("entry"));
    assertThat(hash(receipt.get("base"), body)).isEqualTo(receipt.get("chain").asString());
    String hex = HexFormat.of().formatHex(body);
    assertThat(hex).contains(HexFormat.of().formatHex(entry));
    assertThat(HexFormat.of().formatHex(entry)).startsWith(order.key().toString());
    assertThat(receipt.get("order").asString()).isEqualTo(order.toString());
    assertThat(receipt.get("seq").asLong()).isEqualTo(2);
    assertThat(receipt.get("index").asInt()).isZero();
  }

  @Test
  void receipt_ofNeighbours_isOneChain() {
    OrderId second = order("ann");
    String sale = second.sale().value();
    String first = json(buy(sale, "first", "k1")).get("id").asString();

    JsonNode before = json(receipt(server.token("first"), OrderId.parse(first).orElseThrow()));

    assertThat(before.get("base").asString()).isEqualTo(NO_HASH);
    assertThat(json(receipt(server.token("ann"), second)).get("base"))
        .isEqualTo(before.get("chain"));
  }

  @Test
  void receipt_whenTheBuyerAsks_keepsTheOrdersOfOthersToItself() {
    OrderId order = order("ann");

    JsonNode own = json(receipt(server.token("ann"), order));
    JsonNode whole = json(receipt(server.adminToken(), order));

    assertThat(own.get("body").isNull()).isTrue();
    for (String name : List.of("order", "seq", "base", "chain", "index", "entry")) {
      assertThat(own.get(name)).as(name).isEqualTo(whole.get(name));
    }
  }

  @Test
  void receipt_whenTheOrderWentOn_isForItsNewestStep() {
    OrderId order = order("ann");
    server
        .memory
        .execute(StockKey.of(order), new ShardCommand.Pay(order.key(), PaymentId.of("p")))
        .join();

    assertThat(json(receipt(server.token("ann"), order)).get("seq").asLong()).isEqualTo(3);
  }

  @Test
  void receipt_whenSomebodyElses_doesNotExist() {
    OrderId order = order("ann");

    assertProblem(receipt(server.token("bob"), order), 404, "unknown-order");
    assertProblem(get("/api/orders/" + order + "/receipt"), 401, "token-missing");
  }

  @Test
  void receipt_whenNotStoredYet_saysWhenToComeBack() {
    OrderId order = order("ann");
    server.changes.set((_, _) -> Optional.empty());

    HttpResponse<String> response = receipt(server.token("ann"), order);

    assertProblem(response, 409, "not-durable-yet");
    assertRetryAfter(response, 1, 3);
  }

  /** Whatever was stored under the number: a receipt is never given for what it does not hold. */
  @Test
  void receipt_whenTheStoredChangeIsAnother_isNotGiven() {
    OrderId order = order("ann");
    StockKey key = StockKey.of(order);
    ShardChange real = server.memory.change(key, 2).orElseThrow();
    ShardChange damaged =
        new ShardChange(
            real.header(),
            real.orders(),
            real.refunds(),
            real.adjustments(),
            ChainHash.GENESIS,
            real.chain(),
            real.body());

    for (ShardChange wrong : List.of(server.memory.change(key, 1).orElseThrow(), damaged)) {
      server.changes.set((_, _) -> Optional.of(wrong));
      assertProblem(receipt(server.token("ann"), order), 500, "internal-error");
    }
  }
}
