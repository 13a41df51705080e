package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.security.PaymentSignatures;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentApiTest extends PaymentCalls {

  @Test
  void payment_whenInTime_paysTheOrder() {
    String order = order("ann");

    HttpResponse<String> response = pay(order, "p1");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("outcome").asString()).isEqualTo("paid");
    assertThat(json(response).get("reason").isNull()).isTrue();
    assertThat(json(response).get("order").get("state").asString()).isEqualTo("PAID");
    assertThat(header(pay(order, "p1"), "Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void payment_whenPaidByAnother_goesBack() {
    String order = order("ann");
    pay(order, "p1");

    HttpResponse<String> response = pay(order, "p2");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("outcome").asString()).isEqualTo("refunded");
    assertThat(json(response).get("reason").asString()).isEqualTo("paid-already");
  }

  @Test
  void payment_whenCancelled_goesBack() {
    String id = order("ann");
    OrderId order = OrderId.parse(id).orElseThrow();
    server
        .memory
        .execute(StockKey.of(order), new ShardCommand.Cancel(order.key(), new BuyerId("ann")))
        .join();

    assertThat(json(pay(id, "p1")).get("reason").asString()).isEqualTo("order-cancelled");
  }

  @Test
  void payment_whenTheOrderIsLost_isHonouredForWhatWasPaidFor() {
    String lost = order("ann").replaceAll("\\.[^.]*$", "." + "1".repeat(32));

    assertProblem(pay(lost, "p1"), 404, "unknown-order");
    HttpResponse<String> response = payFor(lost, "p1", "ann", 1);

    assertThat(json(response).get("outcome").asString()).isEqualTo("late-honoured");
    assertThat(json(response).get("order").get("id").asString()).isEqualTo(lost);
    assertThat(json(response).get("order").get("state").asString()).isEqualTo("PAID");
  }

  @Test
  void payment_whenForAnotherBuyer_goesBack() {
    HttpResponse<String> response = payFor(order("ann"), "p1", "bob", 1);

    assertThat(json(response).get("outcome").asString()).isEqualTo("refunded");
    assertThat(json(response).get("reason").asString()).isEqualTo("other-order");
  }

  @Test
  void payment_whenOfTheTotal_paysTheOrder() {
    HttpResponse<String> response =
        payAmount(order("ann"), "p1", "\"amount\":19900,\"currency\":\"eur\"");

    assertThat(json(response).get("outcome").asString()).isEqualTo("paid");
    assertThat(json(response).get("order").get("total").asLong()).isEqualTo(19900);
    assertThat(json(response).get("order").get("currency").asString()).isEqualTo("EUR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"amount\":19899,\"currency\":\"EUR\"",
        "\"amount\":39800,\"currency\":\"EUR\"",
        "\"amount\":19900,\"currency\":\"USD\""
      })
  void payment_whenOfAnotherAmount_goesBackAndTheOrderStays(String amount) {
    String order = order("ann");

    HttpResponse<String> response = payAmount(order, "p1", amount);

    assertThat(json(response).get("outcome").asString()).isEqualTo("refunded");
    assertThat(json(response).get("reason").asString()).isEqualTo("amount-differs");
    assertThat(json(response).get("order").get("state").asString()).isEqualTo("HELD");
    assertThat(json(pay(order, "p2")).get("outcome").asString()).isEqualTo("paid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"amount\":19900",
        "\"currency\":\"EUR\"",
        "\"amount\":\"19900\",\"currency\":\"EUR\"",
        "\"amount\":199.5,\"currency\":\"EUR\"",
        "\"amount\":-1,\"currency\":\"EUR\"",
        "\"amount\":19900,\"currency\":\"EURO\"",
        "\"amount\":19900,\"currency\":1"
      })
  void payment_whenTheAmountIsMalformed_isRefused(String amount) {
    assertProblem(payAmount(order("ann"), "p1", amount), 400, "body-malformed");
  }

  @Test
  void payment_whenSignedWithTheOtherSecret_isTaken() {
    PaymentSignatures next =
        new PaymentSignatures(List.of(TestServer.NEXT_PAYMENT_SECRET), Clock.systemUTC());

    assertThat(send(signed(next, Instant.now(), succeeded(order("ann"), "p1"))).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {-400, 400})
  void payment_whenStale_isRefused(long seconds) {
    HttpRequest.Builder old =
        signed(
            server.payments,
            Instant.now().plus(Duration.ofSeconds(seconds)),
            succeeded(order("ann"), "p1"));

    assertProblem(send(old), 401, "signature-stale");
  }

  @Test
  void payment_whenNotSignedLikeThis_isRefused() {
    String body = succeeded(order("ann"), "p1");
    Instant now = Instant.now();

    assertProblem(
        send(
            signed(server.payments, now, body)
                .POST(BodyPublishers.ofString(body.replace("p1", "p2")))),
        401,
        "signature-invalid");
    assertProblem(
        send(signed(server.payments, now, body).setHeader("webhook-id", "msg-2")),
        401,
        "signature-invalid");
    assertProblem(
        send(signed(server.payments, now, body).setHeader("webhook-timestamp", "soon")),
        401,
        "signature-invalid");
    assertProblem(
        send(to("/api/payments/notifications").POST(BodyPublishers.ofString(body))),
        401,
        "signature-invalid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400|body-malformed",
        "nonsense|400|body-malformed",
        "{\"type\":null,\"data\":{}}|400|body-malformed",
        "{\"type\":\"payment.succeeded\"}|400|body-malformed",
        "{\"type\":\"payment.succeeded\",\"data\":[]}|400|body-malformed",
        "{\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\"}}|400|body-malformed",
        "{\"type\":\"payment.succeeded\",\"data\":{\"order\":null,\"payment\":\"p\"}}|400|body-malformed",
        "{\"type\":\"payment.succeeded\",\"type\":\"x\",\"data\":{}}|400|body-malformed"
      })
  void payment_whenBodyIsWrong_isRefused(String body, int status, String code) {
    assertProblem(send(signed(server.payments, Instant.now(), body)), status, code);
  }

  @Test
  void payment_whenIdIsInvalid_isRefused() {
    assertProblem(pay(order("ann"), "a b"), 400, "body-malformed");
  }

  @Test
  void payment_whenItDoesNotSayAllOfWhatItIsFor_isRefused() {
    String body = succeeded(order("ann"), "p1").replace("}}", ",\"buyer\":\"ann\"}}");

    assertProblem(send(signed(server.payments, Instant.now(), body)), 400, "body-malformed");
    assertProblem(payFor(order("ann"), "p1", "ann", 0), 400, "body-malformed");
    assertProblem(payFor(order("ann"), "p1", "a\\nb", 1), 400, "body-malformed");
  }

  @Test
  void payment_withoutJson_isRefused() {
    HttpRequest.Builder text =
        signed(server.payments, Instant.now(), succeeded(order("ann"), "p1"))
            .setHeader("Content-Type", "text/plain");

    assertProblem(send(text), 415, "media-type-unsupported");
  }
}
