package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.SaleId;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class AdminApiTest extends PublishCalls {

  @Test
  void publish_whenNew_isThereForBuyers() {
    String id = fresh("new");

    HttpResponse<String> response = publish(saleBody(id));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(header(response, "Location")).isEqualTo("/api/sales/" + id);
    assertThat(response.body()).isEqualTo(get("/api/sales/" + id).body());
    assertThat(json(buy(id, "ann", "k")).get("state").asString()).isEqualTo("PLACED");
  }

  @Test
  void publish_whenTheSameIsThere_changesNothing() {
    String id = fresh("same");
    publish(saleBody(id));

    assertThat(publish(saleBody(id)).statusCode()).isEqualTo(200);
    assertProblem(
        publish(saleBody(id).replace("\"quantity\":10", "\"quantity\":11")), 409, "sale-exists");
  }

  @Test
  void publish_withTheLeastThereCanBe_fillsInTheRest() {
    String id = fresh("least");
    String body =
        saleBody(id)
            .replace("\"description\":\"D\",", "")
            .replace(",\"reduction\":\"AT_ORDER\",\"holdSeconds\":30,\"shards\":1", "");

    JsonNode sale = json(publish(body));

    assertThat(sale.get("reduction").asString()).isEqualTo("RESERVE");
    assertThat(sale.get("holdSeconds").asInt()).isEqualTo(600);
    assertThat(sale.get("description").asString()).isEmpty();
  }

  @Test
  void publish_whenPromoted_saysFromWhen() {
    String id = fresh("promoted");
    String body = saleBody(id).replace("\"shards\":1", "\"shards\":1,\"promoteSeconds\":604800");

    assertThat(publish(body).body())
        .endsWith(",\"latePayments\":\"untilClosed\",\"promoteSeconds\":604800}");
    assertThat(get("/api/sales/" + id).body()).endsWith(",\"promoteSeconds\":604800}");
    assertThat(publish(body).statusCode()).isEqualTo(200);
  }

  @Test
  void publish_whenPromotionIsNull_isNotPromoted() {
    String body =
        saleBody(fresh("plain")).replace("\"shards\":1", "\"shards\":1,\"promoteSeconds\":null");

    assertThat(publish(body).body()).endsWith(",\"latePayments\":\"untilClosed\"}");
  }

  @Test
  void publish_whenDedicated_saysSo() {
    String id = fresh("dedicated");
    String body = saleBody(id).replace("\"shards\":1", "\"shards\":1,\"tier\":\"DEDICATED\"");

    assertThat(publish(body).body())
        .endsWith(",\"latePayments\":\"untilClosed\",\"tier\":\"DEDICATED\"}");
    assertThat(get("/api/sales/" + id).body()).endsWith(",\"tier\":\"DEDICATED\"}");
    assertThat(publish(body).statusCode()).isEqualTo(200);
    assertProblem(publish(body.replace("DEDICATED", "STANDARD")), 409, "sale-exists");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"quantity\":10|\"quantity\":0|sale-invalid",
        "\"quantity\":10|\"quantity\":\"10\"|body-malformed",
        "\"quantity\":10|\"quantity\":1.5|body-malformed",
        "\"quantity\":10|\"quantity\":10,\"quantity\":10|body-malformed",
        "\"quantity\":10|\"quantity\":10,\"colour\":1|body-malformed",
        "\"title\":\"T\"|\"title\":null|body-malformed",
        "\"title\":\"T\",||body-malformed",
        "\"AT_ORDER\"|\"SOMETIMES\"|body-malformed",
        "\"AT_ORDER\"|1|body-malformed",
        "\"EUR\"|\"euro\"|sale-invalid",
        "\"2020-01-01T10:00:00Z\"|\"yesterday\"|sale-invalid",
        "\"2020-01-01T10:00:00Z\"|\"2100-01-01T10:00:00Z\"|sale-invalid",
        "\"2020-01-01T10:00:00Z\"|\"-0001-01-01T10:00:00Z\"|sale-invalid",
        "\"2020-01-01T10:00:00Z\"|1577872800|body-malformed",
        "\"holdSeconds\":30|\"holdSeconds\":0|sale-invalid",
        "\"shards\":1|\"promoteSeconds\":-1|sale-invalid",
        "\"shards\":1|\"promoteSeconds\":604801|sale-invalid",
        "\"shards\":1|\"promoteSeconds\":\"10m\"|body-malformed",
        "\"shards\":1|\"tier\":\"dedicated\"|body-malformed",
        "\"shards\":1|\"latePayments\":\"never\"|sale-invalid",
        "\"minor\":100|\"minor\":9223372036854776|sale-invalid",
        "\"limitPerBuyer\":2|\"limitPerBuyer\":0|sale-invalid"
      })
  void publish_whenSomethingIsWrong_isRefused(String right, String wrong, String code) {
    String body = saleBody(fresh("wrong")).replace(right, wrong == null ? "" : wrong);

    assertProblem(publish(body), 400, code);
  }

  @Test
  void publish_whenPropertyIsUnknown_namesIt() {
    String body = saleBody(fresh("wrong")).replace("\"shards\"", "\"shard\"");

    assertThat(assertProblem(publish(body), 400, "body-malformed").get("detail").asString())
        .contains("\"shard\"");
  }

  @Test
  void publish_whenIdIsNone_isRefused() {
    assertProblem(publish(saleBody("Not an id")), 400, "sale-invalid");
  }

  @Test
  void publish_whenBodyIsTooLarge_isRefused() {
    assertProblem(publish(" ".repeat(Exchange.MAX_BODY) + saleBody("x")), 413, "body-too-large");
  }

  @Test
  void restock_whenRepeated_isDoneOnce() {
    String id = fresh("refill");
    server.publish(id, 5);
    String path = "/api/admin/sales/" + id + "/restock";

    HttpResponse<String> first = admin(path, "r1", "{\"quantity\":3}");
    HttpResponse<String> again = admin(path, "r1", "{\"quantity\":3}");

    assertThat(first.body())
        .isEqualTo(
            "{\"sale\":\""
                + id
                + "\",\"phase\":\"OPEN\",\"issued\":8,\"available\":8,"
                + "\"held\":0,\"sold\":0,\"withdrawn\":0}");
    assertThat(again.body()).isEqualTo(first.body());
    assertProblem(admin(path, "r1", "{\"quantity\":4}"), 422, "idempotency-key-reused");
    assertThat(
            json(admin(path.replace("/restock", "/withdraw"), "r1", "{\"quantity\":1}"))
                .get("withdrawn")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void withdraw_whenTooMany_isRefused() {
    String id = fresh("withdraw");
    server.publish(id, 5);

    assertProblem(
        admin("/api/admin/sales/" + id + "/withdraw", "w1", "{\"quantity\":6}"),
        409,
        "not-enough-available");
  }

  @ParameterizedTest
  @ValueSource(strings = {"restock", "withdraw"})
  void adjustment_whenQuantityIsWrong_isRefused(String what) {
    String id = fresh("adjust");
    server.publish(id, 5);
    String path = "/api/admin/sales/" + id + "/" + what;

    assertProblem(admin(path, "a", "{\"quantity\":0}"), 400, "quantity-invalid");
    assertProblem(admin(path, "a", "{\"quantity\":100000001}"), 400, "quantity-invalid");
    assertProblem(admin(path, "a", "{}"), 400, "body-malformed");
    assertProblem(
        admin("/api/admin/sales/nowhere/" + what, "a", "{\"quantity\":1}"), 404, "unknown-sale");
  }

  @Test
  void orders_whenPaged_comeOnceEach() {
    String id = fresh("orders");
    server.publish(new SaleId(id).value(), 5);
    String path = "/api/admin/sales/" + id + "/orders?limit=2";

    JsonNode first = json(getAs(server.adminToken(), path));
    JsonNode last =
        json(getAs(server.adminToken(), path + "&after=" + first.get("next").asString()));

    assertThat(first.get("orders").size()).isEqualTo(2);
    assertThat(first.get("orders").get(0).get("buyer").asString()).isEqualTo("buyer-1");
    assertThat(last.get("orders").size()).isEqualTo(1);
    assertThat(last.get("next").isNull()).isTrue();
    assertProblem(getAs(server.adminToken(), path + "&after=nonsense"), 400, "parameter-invalid");
  }

  @Test
  void deadLetters_always_nameTheOrders() {
    String id = fresh("sale");
    server.publish(id, 5);
    String order = json(buy(id, "ann", "k1")).get("id").asString();

    JsonNode letters =
        json(getAs(server.adminToken(), "/api/admin/dead-letters?limit=1000")).get("deadLetters");

    assertThat(letters.findValuesAsString("id")).contains(order);
    assertProblem(
        getAs(server.adminToken(), "/api/admin/dead-letters?limit=0"), 400, "parameter-invalid");
  }

  @Test
  void deadLetters_whenPaged_comeOnceEach() {
    String id = fresh("sale");
    server.publish(id, 5);
    buy(id, "ann", "k1");
    buy(id, "ann", "k2");
    String path = "/api/admin/dead-letters?limit=1";

    JsonNode first = json(getAs(server.adminToken(), path));
    String next = first.get("next").asString();
    JsonNode second = json(getAs(server.adminToken(), path + "&after=" + next));

    assertThat(first.get("deadLetters").findValuesAsString("id")).contains(next);
    assertThat(second.get("deadLetters").get(0).get("id").asLong())
        .isLessThan(Long.parseLong(next));
    assertProblem(getAs(server.adminToken(), path + "&after=x"), 400, "parameter-invalid");
    assertThat(json(getAs(server.adminToken(), path + "&after=1")).get("next").isNull()).isTrue();
  }

  @Test
  void retry_ofADeadLetter_saysWhatBecameOfIt() {
    String id = fresh("sale");
    server.publish(id, 5);
    buy(id, "ann", "k1");
    String letters = "/api/admin/dead-letters/";

    assertThat(admin(letters + "1/retry", "r", "").statusCode()).isEqualTo(204);
    HttpResponse<String> refused = admin(letters + ExampleLetters.REFUSED + "/retry", "r", "");
    assertProblem(refused, 409, "still-refused");
    assertThat(json(refused).get("detail").asString()).isEqualTo("no poison here (45000/1644)");
    assertProblem(admin(letters + ExampleLetters.LOST + "/retry", "r", ""), 409, "not-retryable");
    assertProblem(admin(letters + "99999/retry", "r", ""), 404, "unknown-dead-letter");
    assertProblem(admin(letters + "x/retry", "r", ""), 404, "unknown-dead-letter");
  }

  @Test
  void audit_always_isWrittenAsItCame() {
    assertThat(getAs(server.adminToken(), "/api/admin/audit").body())
        .contains("\"at\":\"1970-01-01T00:00:00.000Z\"", "\"balanced\":true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/admin/audit",
        "/api/admin/sales/x",
        "/api/admin/sales/x/orders",
        "/api/admin/sales/x/shards/0/changes/1"
      })
  void admin_whenNotAnAdmin_isRefused(String path) {
    assertProblem(getAs(server.token("ann"), path), 403, "admin-only");
    assertProblem(get(path), 401, "token-missing");
  }
}
