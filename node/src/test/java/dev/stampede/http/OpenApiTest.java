package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The document says what the code does. Whether each answer fits its schema is checked by {@link
 * ApiTest} for every answer of every test; here every operation is called at least once.
 */
final class OpenApiTest extends ApiTest {

  private static final String SALE = "documented";

  private final Set<String> called = new TreeSet<>();
  private OpenApiDocument document;

  @BeforeAll
  void readDocument() {
    document = new OpenApiDocument(get("/openapi.yaml").body());
  }

  @Test
  void document_always_hasTheRoutesOfTheCodeAndNoOthers() {
    Routes routes = new Routes(server.parts(), new SaleLookup(server.sales), new Running());

    assertThat(document.operations().stream().map(OpenApiDocument.Operation::name))
        .containsExactlyInAnyOrderElementsOf(
            routes.all().stream().map(route -> route.method() + " " + route.path()).toList());
  }

  @Test
  void document_always_refersToWhatIsThere() {
    assertThat(document.references()).isNotEmpty().allSatisfy(document::resolve);
  }

  @Test
  void operations_whenCalledAsDescribed_answerAsDescribed() {
    callForEverybody();
    callAsBuyer();
    callAsAdmin();

    assertThat(called)
        .containsExactlyInAnyOrderElementsOf(
            document.operations().stream().map(OpenApiDocument.Operation::id).toList());
  }

  private void callForEverybody() {
    server.publish(SALE, 10);
    server.routes.set(RoutesApiTest.table("phone"));
    for (String path :
        new String[] {
          "/api/sales",
          "/api/sales/" + SALE,
          "/api/sales/" + SALE + "/stock",
          "/api/hot",
          "/api/routes",
          "/api/routes/nginx",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/openapi.yaml",
          "/problems/sold-out"
        }) {
      call(200, to(path));
    }
    // Its GET has no end: HotEventsTest reads it.
    call(200, to("/api/hot/events").method("HEAD", BodyPublishers.noBody()));
  }

  private void callAsBuyer() {
    String order = json(call(201, purchase(SALE, "ann", "k", ONE))).get("id").asString();
    String given = json(call(201, purchase(SALE, "bob", "k", ONE))).get("id").asString();
    call(200, as(server.token("ann"), "/api/orders/" + order).GET());
    call(200, as(server.token("ann"), "/api/orders/" + order + "/receipt").GET());
    call(200, as(server.token("bob"), "/api/orders/" + given + "/cancel"));
    String paid =
        "{\"type\":\"payment.succeeded\",\"data\":{\"order\":\"" + order + "\",\"payment\":\"p\"}}";
    Instant now = Instant.now();
    call(
        200,
        to("/api/payments/notifications")
            .header("Content-Type", JSON)
            .header("webhook-id", "m")
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", server.payments.sign("m", now, paid))
            .POST(BodyPublishers.ofString(paid)));
  }

  private void callAsAdmin() {
    String sale = get("/api/sales/" + SALE).body().replace(SALE, "another");
    call(201, asAdmin("/api/admin/sales").POST(BodyPublishers.ofString(sale)));
    call(200, asAdmin("/api/admin/sales").POST(BodyPublishers.ofString(sale)));
    String path = "/api/admin/sales/" + SALE;
    call(200, asAdmin(path).GET());
    call(200, asAdmin(path + "/orders").GET());
    call(200, asAdmin(path + "/shards/0/changes/1").GET());
    call(200, asAdmin("/api/admin/audit").GET());
    call(200, asAdmin("/api/admin/hot/history").GET());
    call(200, asAdmin("/api/admin/dead-letters").GET());
    call(204, asAdmin("/api/admin/dead-letters/1/retry"));
    call(200, asAdmin(path + "/restock").POST(BodyPublishers.ofString(ONE)));
    call(200, asAdmin(path + "/withdraw").POST(BodyPublishers.ofString(ONE)));
    call(200, asAdmin(path + "/freeze"));
    call(200, asAdmin(path + "/unfreeze"));
    String lead = "{\"promoteSeconds\":60}";
    call(200, asAdmin(path + "/promote").POST(BodyPublishers.ofString(lead)));
    call(200, asAdmin(path + "/demote"));
    String order = json(call(201, purchase(SALE, "cleo", "k", ONE))).get("id").asString();
    String reason = "{\"reason\":\"abandoned\"}";
    call(200, asAdmin("/api/admin/orders/" + order + "/end").POST(BodyPublishers.ofString(reason)));
    call(200, asAdmin(path + "/close"));
    call(409, asAdmin(path + "/unfreeze"));
    call(200, asAdmin(path + "/reopen"));
    call(200, asAdmin(path + "/close"));
  }

  private HttpRequest.Builder asAdmin(String path) {
    return as(server.adminToken(), path).header("Content-Type", JSON);
  }

  private HttpRequest.Builder as(String token, String path) {
    return to(path)
        .header("Authorization", "Bearer " + token)
        .header("Idempotency-Key", "k")
        .POST(BodyPublishers.noBody());
  }

  private HttpResponse<String> call(int status, HttpRequest.Builder request) {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    document
        .operation(response.request().method(), response.request().uri().getRawPath())
        .ifPresent(operation -> called.add(operation.id()));
    return response;
  }
}
