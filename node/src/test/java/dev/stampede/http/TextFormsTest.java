package dev.stampede.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in bodies: what is one, and how long it is. */
final class TextFormsTest extends ApiTest {

  private static final String FACE = "\ud83d\ude00";
  private static final String SALE =
      "{\"id\":\"%s\",\"title\":\"%s\",\"description\":\"%s\",\"price\":{\"minor\":990,"
          + "\"currency\":\"EUR\"},\"quantity\":100,\"opensAt\":\"2020-01-01T00:00:00Z\","
          + "\"closesAt\":\"2099-01-01T00:00:00Z\",\"limitPerBuyer\":10}";

  private HttpResponse<String> publish(byte[] body) {
    return send(
        to("/api/admin/sales")
            .header("Authorization", "Bearer " + server.adminToken())
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> publish(String title, String description) {
    return publish(SALE.formatted(fresh("text"), title, description).getBytes(UTF_8));
  }

  private static String detail(HttpResponse<String> response) {
    return json(response).get("detail").asString();
  }

  @Test
  void publish_whenTheFieldsExampleIsSent_isRefused() throws IOException {
    try (InputStream in = TextFormsTest.class.getResourceAsStream("/field/lone-surrogate.json")) {
      HttpResponse<String> response = publish(in.readAllBytes());

      assertProblem(response, 400, "sale-invalid");
      assertThat(detail(response)).contains("\"title\"", "unpaired surrogate");
      assertProblem(get("/api/sales/surr"), 404, "unknown-sale");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "x\\ude00", "\\ude00\\ud83d", "\\ud83dx\\ude00"})
  void publish_whenASurrogateIsUnpaired_namesTheProperty(String text) {
    HttpResponse<String> title = publish(text, "");
    HttpResponse<String> description = publish("x", text);

    assertProblem(title, 400, "sale-invalid");
    assertThat(detail(title)).contains("\"title\"");
    assertProblem(description, 400, "sale-invalid");
    assertThat(detail(description)).contains("\"description\"");
  }

  @Test
  void publish_whenTextsAreLong_countsCodePoints() {
    assertThat(publish(FACE.repeat(200), FACE.repeat(3_500)).statusCode()).isEqualTo(201);
    assertProblem(publish(FACE.repeat(201), ""), 400, "sale-invalid");
    assertProblem(publish("x".repeat(201), ""), 400, "sale-invalid");
    assertThat(json(publish("\\ud83d\\ude00", "")).get("title").asString()).isEqualTo(FACE);
  }

  static Stream<Charset> otherCharsets() {
    return Stream.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32"), ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("otherCharsets")
  void body_whenNotUtf8_isRefused(Charset charset) {
    String sale = SALE.formatted(fresh("text"), "Kaffeemühle", "");
    String buying = server.publish(fresh("text"), 5).id().value();
    byte[] purchase = ONE.getBytes(charset);

    assertProblem(publish(sale.getBytes(charset)), 400, "body-malformed");
    if (!charset.equals(ISO_8859_1)) {
      assertProblem(
          send(purchase(buying, "ann", "k", ONE).POST(BodyPublishers.ofByteArray(purchase))),
          400,
          "body-malformed");
    }
  }

  @Test
  void body_whenUtf8IsMalformed_isRefused() {
    for (String bytes : new String[] {"\u00ed\u00a0\u0080", "\u00c0\u00af", "\u00ff", "\u00e4"}) {
      byte[] body = SALE.formatted(fresh("text"), bytes, "").getBytes(ISO_8859_1);

      assertProblem(publish(body), 400, "body-malformed");
    }
    byte[] marked = ("\ufeff" + SALE.formatted(fresh("text"), "x", "")).getBytes(UTF_8);
    assertProblem(publish(marked), 400, "body-malformed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"quantity\":1,\"\\ud83d\":1}|not JSON",
        "{\"\\ude00\":1}|not JSON",
        "{\"ä\":1}|\"ä\" is unknown"
      })
  void purchase_whenAPropertyIsUnknown_namesIt(String body, String detail) {
    String sale = server.publish(fresh("text"), 5).id().value();
    HttpResponse<String> response = send(purchase(sale, "ann", "k", body));

    assertProblem(response, 400, "body-malformed");
    assertThat(detail(response)).contains(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "1.5", "true", "[]", "[\"x\"]", "{}", "null"})
  void publish_whenATextIsSomethingElse_namesTheProperty(String value) {
    String body =
        SALE.formatted(fresh("text"), "x", "").replace("\"title\":\"x\"", "\"title\":" + value);
    HttpResponse<String> response = publish(body.getBytes(UTF_8));

    assertProblem(response, 400, "body-malformed");
    assertThat(detail(response)).contains("\"title\"");
  }
}
