package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class PromotionApiTest extends ApiTest {

  private static final String TEN_MINUTES = "{\"promoteSeconds\":600}";

  private HttpResponse<String> promote(String id, String body) {
    return admin("/api/admin/sales/" + id + "/promote", "k", body);
  }

  private HttpResponse<String> demote(String id) {
    return admin("/api/admin/sales/" + id + "/demote", "k", "");
  }

  private Sale published(Sale sale) {
    return server.sales.find(sale.id()).orElseThrow();
  }

  @Test
  void promote_always_changesThatAndNothingElse() {
    Sale sale = server.publish(fresh("promoted"), 5);
    String id = sale.id().value();
    String before = get("/api/sales/" + id).body();

    HttpResponse<String> first = promote(id, TEN_MINUTES);
    HttpResponse<String> again = promote(id, TEN_MINUTES);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "Cache-Control")).isEqualTo("no-store");
    assertThat(first.body()).isEqualTo(before.replaceAll("}$", ",\"promoteSeconds\":600}"));
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(get("/api/sales/" + id).body()).isEqualTo(first.body());
    assertThat(published(sale).promotion()).contains(Duration.ofMinutes(10));
    assertThat(published(sale).withPromotion(sale.promotion())).isEqualTo(sale);
    assertThat(stock(id).get("available").asInt()).isEqualTo(5);
    assertThat(stock(id).get("seq").asInt()).isZero();
  }

  private JsonNode stock(String id) {
    return json(get("/api/sales/" + id + "/stock"));
  }

  @Test
  void promote_whenItIsPromoted_putsTheNewTimeInItsPlace() {
    String id = server.publish(fresh("longer"), 5).id().value();
    promote(id, TEN_MINUTES);

    promote(id, "{\"promoteSeconds\":604800}");

    assertThat(json(get("/api/sales/" + id)).get("promoteSeconds").asInt()).isEqualTo(604_800);
  }

  @Test
  void demote_always_leavesTheSaleAsItWas() {
    String id = server.publish(fresh("demoted"), 5).id().value();
    String before = get("/api/sales/" + id).body();
    promote(id, TEN_MINUTES);

    assertThat(demote(id).body()).isEqualTo(before);
    assertThat(demote(id).body()).isEqualTo(before);
    assertThat(get("/api/sales/" + id).body()).isEqualTo(before);
  }

  @Test
  void publish_whenItWasPromotedMeanwhile_changesNothing() {
    String id = fresh("again");
    String sale =
        get("/api/sales/" + server.publish(fresh("like"), 5).id())
            .body()
            .replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\"");
    admin("/api/admin/sales", "k", sale);
    String promoted = promote(id, TEN_MINUTES).body();

    HttpResponse<String> again = admin("/api/admin/sales", "k", sale);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(promoted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"promoteSeconds\":-1}|sale-invalid",
        "{\"promoteSeconds\":604801}|sale-invalid",
        "{\"promoteSeconds\":\"10m\"}|body-malformed",
        "{\"promoteSeconds\":null}|body-malformed",
        "{}|body-malformed"
      })
  void promote_whenTheTimeIsWrong_isRefused(String body, String code) {
    Sale sale = server.publish(fresh("wrong"), 5);

    assertProblem(promote(sale.id().value(), body), 400, code);
    assertThat(published(sale)).isEqualTo(sale);
  }

  @Test
  void promote_whenTheSaleIsOver_isRefused() {
    Sale sale = server.publish(fresh("over"), 5);
    String id = sale.id().value();
    promote(id, TEN_MINUTES);
    admin("/api/admin/sales/" + id + "/close", "k", "");

    assertProblem(promote(id, "{\"promoteSeconds\":60}"), 409, "sale-closed");
    assertThat(published(sale).promotion()).contains(Duration.ofMinutes(10));
    assertThat(demote(id).statusCode()).isEqualTo(200);
    assertThat(published(sale)).isEqualTo(sale);
  }

  @Test
  void promotion_ofAnUnknownSale_isRefused() {
    assertProblem(promote("nowhere", TEN_MINUTES), 404, "unknown-sale");
    assertProblem(demote("nowhere"), 404, "unknown-sale");
  }

  @Test
  void promote_whenTheStockCannotBeReached_saysSoAndChangesNothing() {
    Sale sale = server.publish(fresh("away"), 5);
    server.answerAll(unanswered(Outcome.Why.UNAVAILABLE));

    assertProblem(promote(sale.id().value(), TEN_MINUTES), 503, "grid-unavailable");
    assertThat(published(sale)).isEqualTo(sale);
  }

  @Test
  void promotion_whenNotByAnAdmin_isRefused() {
    String id = server.publish(fresh("theirs"), 5).id().value();

    for (String verb : new String[] {"/promote", "/demote"}) {
      assertProblem(
          send(
              to("/api/admin/sales/" + id + verb)
                  .header("Authorization", "Bearer " + server.token("ann"))
                  .POST(BodyPublishers.noBody())),
          403,
          "admin-only");
    }
  }
}
