package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.Outcome;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentEventTest extends PaymentCalls {

  private double ignored(String reason) {
    return server
        .parts
        .metrics()
        .get("stampede.payments.ignored")
        .tag("reason", reason)
        .counter()
        .count();
  }

  @Test
  void payment_whenItHasFieldsThatAreUnknown_isTaken() {
    String order = order("ann");
    String body =
        succeeded(order, "p1")
            .replace("{\"type\"", "{\"api_version\":\"2026-11\",\"livemode\":true,\"type\"")
            .replace("}}", ",\"fee\":{\"minor\":3},\"tags\":[1,null]}}");

    assertThat(json(notify(body)).get("outcome").asString()).isEqualTo("paid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1795900000", "\"2026-11-28T04:00:00Z\"", "1795900000.25", "null", "{}"})
  void payment_whateverItsTimestampIs_isTaken(String timestamp) {
    String body =
        succeeded(order("ann"), "p1")
            .replace("{\"type\"", "{\"timestamp\":" + timestamp + ",\"type\"");

    assertThat(notify(body).statusCode()).isEqualTo(200);
  }

  @Test
  void event_whenOfAnotherType_isAcknowledgedAndCounted() {
    double before = ignored("other-type");

    HttpResponse<String> response =
        notify("{\"type\":\"charge.dispute.created\",\"data\":{\"object\":{\"id\":7}}}");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(ignored("other-type")).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\"",
        "\"order 4711 of our other shop\"",
        "4711",
        "{\"id\":\"x\"}",
        "\"no-such-sale.0.11111111111111111111111111111111\""
      })
  void payment_whenItsOrderCannotBeOurs_isAcknowledgedAndCounted(String order) {
    double before = ignored("other-order");
    String body = succeeded("x", "p 1").replace("\"order\":\"x\"", "\"order\":" + order);

    assertThat(notify(body).statusCode()).isEqualTo(204);
    assertThat(ignored("other-order")).isEqualTo(before + 1);
  }

  @Test
  void payment_whenItsSaleHasNoSuchShard_isAcknowledged() {
    String order = order("ann").replaceFirst("\\.0\\.", ".7.");

    assertThat(pay(order, "p1").statusCode()).isEqualTo(204);
  }

  @Test
  void payment_whenItsSaleIsNotKnownHereYet_isToBeRepeated() {
    String sale = fresh("sale");
    server.publish(sale, 5);
    server.sales.unseen = new SaleId(sale);
    try {
      assertProblem(pay(sale + ".0." + "1".repeat(32), "p1"), 503, "unavailable");
    } finally {
      server.sales.unseen = null;
    }
  }

  @Test
  void event_whenNotSigned_isRefusedWhateverItIs() {
    HttpRequest.Builder forged =
        signed(server.payments, Instant.now(), "{\"type\":\"other\"}")
            .POST(BodyPublishers.ofString("{\"type\":\"Other\"}"));

    assertProblem(send(forged), 401, "signature-invalid");
  }

  @Test
  void payment_whenNotStored_isRefusedUntilItIs() {
    String order = order("ann");
    server.stock.set((key, command) ->
        server.memory.execute(key, command).thenApply(PaymentEventTest::unstored));
    try {
      HttpResponse<String> response = pay(order, "p1");

      assertProblem(response, 503, "payment-not-durable");
      assertThat(header(response, "Retry-After")).matches("[1-9]");
    } finally {
      server.stock.set(server.memory);
    }
    HttpResponse<String> again = pay(order, "p1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).get("order").get("state").asString()).isEqualTo("PAID");
  }

  private static Outcome unstored(Outcome outcome) {
    return outcome instanceof Outcome.Paid paid
        ? new Outcome.Paid(paid.order(), paid.replayed(), false)
        : outcome;
  }

  @Test
  void payment_whenNobodyAnswers_isRefusedWithinTheTimeThatAProviderWaits() {
    String order = order("ann");
    server.stock.set((key, command) -> new CompletableFuture<>());
    try {
      assertProblem(pay(order, "p1"), 503, "payment-not-durable");
    } finally {
      server.stock.set(server.memory);
    }
  }

  @Test
  void payment_whenSignedOnAnotherLine_isTaken() {
    String body = succeeded(order("ann"), "p1");
    Instant now = Instant.now();
    String genuine = server.payments.sign("msg-1", now, body);

    HttpRequest.Builder lines =
        signed(server.payments, now, body)
            .setHeader("webhook-signature", "v1,AAAA v1a,BBBB")
            .header("webhook-signature", genuine);

    assertThat(send(lines).statusCode()).isEqualTo(200);
    assertThat(send(lines.setHeader("webhook-signature", "v1,AAAA, " + genuine)).statusCode())
        .isEqualTo(200);
  }
}
