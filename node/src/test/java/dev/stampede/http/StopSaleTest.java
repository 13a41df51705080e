package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stock.Outcome;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage control: an operator stops a sale. */
final class StopSaleTest extends PublishCalls {

  @Test
  void switches_whenThrown_changeThePhase() {
    String id = fresh("switch");
    server.publish(id, 5);
    String path = "/api/admin/sales/" + id;

    assertThat(json(admin(path + "/freeze", "s", "")).get("phase").asString()).isEqualTo("FROZEN");
    assertProblem(buy(id, "ann", "k"), 503, "sale-frozen");
    assertThat(json(admin(path + "/unfreeze", "s", "")).get("phase").asString()).isEqualTo("OPEN");
    assertThat(json(admin(path + "/close", "s", "")).get("phase").asString()).isEqualTo("CLOSED");
    assertProblem(admin(path + "/restock", "s", "{\"quantity\":1}"), 409, "sale-closed");
    HttpResponse<String> unfreeze = admin(path + "/unfreeze", "s", "");
    assertProblem(unfreeze, 409, "sale-closed");
    assertThat(json(unfreeze).get("detail").asString()).contains("reopen");
    assertThat(json(admin(path + "/reopen", "s", "")).get("phase").asString()).isEqualTo("OPEN");
    assertThat(json(getAs(server.adminToken(), path)).get("phase").asString()).isEqualTo("OPEN");
  }

  /** As while the node that has its stock hangs. */
  @ParameterizedTest
  @CsvSource({"freeze, FREEZING", "close, CLOSING"})
  void stop_whenTheStockDoesNotAnswer_isAcceptedAndGoesOn(String action, String coming) {
    String id = fresh("hangs");
    server.publish(id, 5);
    CompletableFuture<Outcome> hangs = new CompletableFuture<>();
    server.stock.set((key, command) -> hangs.thenCompose(_ -> server.memory.execute(key, command)));

    HttpResponse<String> response = admin("/api/admin/sales/" + id + "/" + action, "s", "");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"sale\":\"" + id + "\",\"phase\":\"" + coming + "\"}");
    server.stock.set(server.memory);
    hangs.complete(new Outcome.Closed());
    assertThat(buy(id, "ann", "k").statusCode()).isBetween(409, 503);
  }
}
