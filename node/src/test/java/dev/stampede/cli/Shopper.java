package dev.stampede.cli;

import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import dev.stampede.security.PaymentSignatures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Buyers whose every step a test takes itself, and the payment provider. Any thread may use it. */
final class Shopper implements AutoCloseable {

  /** Longer than a node lets anybody wait. */
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Shell shell;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper mapper = new JsonMapper();

  Shopper(Shell shell) {
    this.shell = shell;
  }

  /** One buyer's order of one unit, always by the same key; empty where there was no answer. */
  Optional<HttpResponse<String>> buy(String node, String sale, String buyer) {
    return send(
        request(node + "/api/sales/" + sale + "/orders", buyer)
            .header("Idempotency-Key", "key-of-" + buyer)
            .POST(HttpRequest.BodyPublishers.ofString("{\"quantity\":1}")));
  }

  /** The status of its payment; 0 where there was no answer. */
  int pay(String node, String order) {
    String body =
        "{\"type\":\"payment.succeeded\",\"data\":{\"order\":\"%s\",\"payment\":\"pay-%s\"}}"
            .formatted(order, order);
    Instant now = Instant.now();
    PaymentSignatures signatures =
        new PaymentSignatures(AdminAccess.security(shell).payment(), Clock.systemUTC());
    return send(request(node + "/api/payments/notifications", "provider")
            .header("webhook-id", "message-" + order)
            .header("webhook-timestamp", "" + now.getEpochSecond())
            .header("webhook-signature", signatures.sign("message-" + order, now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body)))
        .map(HttpResponse::statusCode)
        .orElse(0);
  }

  /** The order as its buyer sees it; empty where there was no answer. */
  Optional<HttpResponse<String>> order(String node, String order, String buyer) {
    return send(request(node + "/api/orders/" + order, buyer).GET());
  }

  /** What an answer says. */
  JsonNode json(HttpResponse<String> answer) {
    return mapper.readTree(answer.body());
  }

  private HttpRequest.Builder request(String url, String buyer) {
    String token =
        AdminAccess.tokens(shell)
            .issue(new Identity(BuyerId.of(buyer), false), Duration.ofMinutes(1));
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
    try {
      return Optional.of(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
