package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a checker of the database can ask for. */
final class StoredApiTest extends ApiTest {

  @Test
  void orders_sinceAChange_areOfOneShard() {
    String id = fresh("orders");
    server.publish(id, 5);
    String path = "/api/admin/sales/" + id + "/orders";

    JsonNode changed = json(getAs(server.adminToken(), path + "?shard=0&since=2"));

    assertThat(changed.get("orders").findValuesAsString("buyer")).containsExactly("buyer-3");
    assertThat(changed.at("/shards/0/seq").asInt()).isEqualTo(3);
    assertThat(changed.at("/shards/0/counts/sold").asInt()).isEqualTo(3);
    assertProblem(getAs(server.adminToken(), path + "?since=2"), 400, "parameter-invalid");
    assertProblem(getAs(server.adminToken(), path + "?shard=-1"), 400, "parameter-invalid");
    assertProblem(getAs(server.adminToken(), path + "?shard=0&since=x"), 400, "parameter-invalid");
  }

  @Test
  void change_whenStored_saysWhereTheUnitsWere() {
    String id = fresh("change");
    server.publish(id, 5);
    buy(id, "ann", "k1");
    buy(id, "bob", "k1");
    String path = "/api/admin/sales/" + id + "/shards/0/changes/";

    JsonNode first = json(getAs(server.adminToken(), path + "1"));

    assertThat(first.get("seq").asInt()).isEqualTo(1);
    assertThat(first.at("/counts/held").asInt()).isEqualTo(1);
    assertThat(first.at("/counts/available").asInt()).isEqualTo(4);
    for (String none : new String[] {"0", "3", "x", "99999999999999999999"}) {
      assertProblem(getAs(server.adminToken(), path + none), 404, "unknown-change");
    }
    assertProblem(
        getAs(server.adminToken(), path.replace("/0/", "/1/") + "1"), 404, "unknown-change");
  }

  @Test
  void audit_ofOneSale_isOfNoOther() {
    String id = fresh("audited");
    server.publish(id, 5);

    JsonNode audit = json(getAs(server.adminToken(), "/api/admin/audit?sale=" + id));

    assertThat(audit.get("sales").findValuesAsString("sale")).containsExactly(id);
    assertProblem(getAs(server.adminToken(), "/api/admin/audit?sale=nowhere"), 404, "unknown-sale");
  }
}
