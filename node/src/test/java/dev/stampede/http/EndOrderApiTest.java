package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.cli.SaleCommand;
import dev.stampede.cli.TestShell;
import dev.stampede.order.OrderId;
import dev.stampede.order.PaymentId;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class EndOrderApiTest extends ApiTest {

  private String order() {
    String sale = fresh("end");
    server.publish(sale, 5);
    return json(buy(sale, "ann", "k1")).get("id").asString();
  }

  @Test
  void endOrder_whenUnpaid_sellsItsUnitsAgain() {
    String order = order();
    String path = "/api/admin/sales/" + order.substring(0, order.indexOf('.'));

    HttpResponse<String> ended = endOrder(order, "{\"reason\":\"abandoned\"}");

    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(json(ended).get("state").asString()).isEqualTo("CANCELLED");
    assertThat(header(endOrder(order, "{\"reason\":\"again\"}"), "Idempotent-Replayed"))
        .isEqualTo("true");
    assertThat(json(getAs(server.adminToken(), path)).get("available").asInt()).isEqualTo(5);
  }

  @Test
  void endOrder_whenPaidOrUnknown_isRefused() {
    String order = order();
    OrderId paid = OrderId.parse(order).orElseThrow();
    server
        .memory
        .execute(StockKey.of(paid), new ShardCommand.Pay(paid.key(), new PaymentId("p")))
        .join();

    assertProblem(endOrder(order, "{\"reason\":\"r\"}"), 409, "not-cancellable");
    assertProblem(
        endOrder(order.replaceAll("[^.]*$", "1".repeat(32)), "{\"reason\":\"r\"}"),
        404,
        "unknown-order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"reason\":\" \"}", "{\"reason\":\"a\\nb\"}", "{\"reason\":1}"})
  void endOrder_whenTheReasonIsWrong_isRefused(String body) {
    String order = order();

    assertProblem(endOrder(order, body), 400, "body-malformed");
    String tooLong = "{\"reason\":\"%s\"}".formatted("x".repeat(201));
    assertProblem(endOrder(order, tooLong), 400, "body-malformed");
    assertThat(json(getAs(server.token("ann"), "/api/orders/" + order)).get("state").asString())
        .isEqualTo("HELD");
  }

  @Test
  void endOrder_asBuyer_isForbidden() {
    String order = order();

    HttpRequest.Builder request =
        to("/api/admin/orders/" + order + "/end")
            .header("Authorization", "Bearer " + server.token("ann"))
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"r\"}"));

    assertProblem(send(request), 403, "admin-only");
  }

  @Test
  void endOrder_byTheCommand_saysHowTheOrderStands(@TempDir Path data) {
    String order = order();
    TestShell shell =
        new TestShell(
            data,
            Map.of(
                "STAMPEDE_JWT_SECRET", TestServer.TOKEN_SECRET,
                "STAMPEDE_ORDER_SECRET", TestServer.TOKEN_SECRET,
                "STAMPEDE_PAYMENT_SECRET", TestServer.PAYMENT_SECRET));
    String node = "--node=http://127.0.0.1:" + server.port();

    int status =
        new CommandLine(new SaleCommand(shell.shell()))
            .execute("end-order", order, "--reason", "never paid", node);

    assertThat(shell.out()).isEqualTo(order + ": CANCELLED\n");
    assertThat(status).isZero();
  }

  private HttpResponse<String> endOrder(String order, String body) {
    return admin("/api/admin/orders/" + order + "/end", "k", body);
  }
}
