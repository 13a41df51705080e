package dev.stampede.http;

import dev.stampede.security.PaymentSignatures;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;

/** Plays the payment provider. */
abstract class PaymentCalls extends ApiTest {

  String order(String buyer) {
    String sale = fresh("sale");
    server.publish(sale, 5);
    return json(buy(sale, buyer, "k1")).get("id").asString();
  }

  static String succeeded(String order, String payment) {
    return "{\"type\":\"payment.succeeded\",\"data\":{\"order\":\"%s\",\"payment\":\"%s\"}}"
        .formatted(order, payment);
  }

  HttpResponse<String> pay(String order, String payment) {
    return send(signed(server.payments, Instant.now(), succeeded(order, payment)));
  }

  HttpResponse<String> payFor(String order, String payment, String buyer, int quantity) {
    String of = ",\"buyer\":\"%s\",\"quantity\":%d}}".formatted(buyer, quantity);
    String body = succeeded(order, payment).replace("}}", of);
    return send(signed(server.payments, Instant.now(), body));
  }

  HttpResponse<String> payAmount(String order, String payment, String amount) {
    String body = succeeded(order, payment).replace("}}", "," + amount + "}}");
    return send(signed(server.payments, Instant.now(), body));
  }

  HttpRequest.Builder signed(PaymentSignatures by, Instant at, String body) {
    return to("/api/payments/notifications")
        .header("Content-Type", JSON)
        .header("webhook-id", "msg-1")
        .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
        .header("webhook-signature", by.sign("msg-1", at, body))
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> notify(String body) {
    return send(signed(server.payments, Instant.now(), body));
  }
}
