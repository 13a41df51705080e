package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessLogLineTest {
  private static final String TIME = "11/Nov/2026:20:00:01 +0000";
  private static final long SECOND = Instant.parse("2026-11-11T20:00:01Z").getEpochSecond();
  private static final String REST = " 200 612 \"-\" \"curl/8.5.0\"";
  private static final AccessLogLine READ = new AccessLogLine(SECOND, "GET", "/api/sales/x/stock");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.9 - -",
        "2001:db8::1 - alice",
        "unix: - -",
        "10.0.0.1 - a user [with] blanks",
        "10.0.0.1 ident bob"
      })
  void parse_whoeverAsked_findsTheRequest(String who) {
    assertThat(AccessLogLine.parse(line(who, TIME, "GET /api/sales/x/stock HTTP/1.1", REST)))
        .contains(READ);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 404 0 \"-\" \"-\"",
        " 200 - \"https://shop.example/?q=\\x22\" \"a \\x5C b\"",
        " 200 1 \"say \\\"hi\\\"\" \"ends in a backslash \\\\\"",
        " 200 1 \"\" \"\" \"198.51.100.7, 10.0.0.2\" 0.003"
      })
  void parse_whateverFollows_findsTheRequest(String rest) {
    assertThat(AccessLogLine.parse(line("::1 - -", TIME, "GET /api/sales/x/stock HTTP/2.0", rest)))
        .contains(READ);
  }

  @ParameterizedTest
  @CsvSource({
    "11/Nov/2026:20:00:01 +0000, 2026-11-11T20:00:01Z",
    "11/Nov/2026:20:00:01 +0800, 2026-11-11T12:00:01Z",
    "31/Dec/2026:23:59:59 -0330, 2027-01-01T03:29:59Z",
    "29/Feb/2028:00:00:00 +0000, 2028-02-29T00:00:00Z",
    "01/Jan/1970:00:00:00 +0000, 1970-01-01T00:00:00Z"
  })
  void parse_inAnyZone_findsTheInstant(String time, Instant instant) {
    assertThat(AccessLogLine.parse(line("::1 - -", time, "GET / HTTP/1.1", REST)).orElseThrow())
        .extracting(AccessLogLine::second)
        .isEqualTo(instant.getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "\\x16\\x03\\x01\\x02\\x00",
        "GET /",
        " GET / HTTP/1.1",
        "PRI * HTTP",
        "\\\" HTTP/1.1"
      })
  void parse_whenTheRequestIsNoneOfHttp_keepsTheLine(String request) {
    assertThat(AccessLogLine.parse(line("::1 - -", TIME, request, REST)))
        .contains(new AccessLogLine(SECOND, "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "a b c",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"never ends",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"a\\\"",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 20 612 \"-\" \"-\"",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 2000 612 \"-\" \"-\"",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 6x2 \"-\" \"-\"",
        "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"x",
        "::1 - - [31/Feb/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 - - [11/ovD/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 - - [11/Nov/2026:24:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 - - [11/Nov/2026:20:00:01 +00:0] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 - - [11/Nov/2026:20:00:01 *0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 - - [11/Nov/1926:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 - - 11/Nov/2026:20:00:01 +0000 \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "::1 [11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "[11/Nov/2026:20:00:01 +0000] \"GET / HTTP/1.1\" 200 612 \"-\" \"-\"",
        "{\"key\":\"x\",\"count\":1,\"time\":1,\"source\":\"nginx\"}"
      })
  void parse_whenTheLineIsOfAnotherForm_findsNothing(String line) {
    assertThat(AccessLogLine.parse(line)).isEmpty();
  }

  @Test
  void parse_whenTheRequestLooksLikeSeveralFields_isNotTakenIn() {
    String hostile =
        "GET /a\\x22 200 1 \\x22-\\x22 [11/Nov/2026:20:00:01 +0000] /api/sales/x HTTP/1.1";

    AccessLogLine line = AccessLogLine.parse(line("::1 - -", TIME, hostile, REST)).orElseThrow();

    assertThat(line.target()).startsWith("/a\\x22 ");
    assertThat(SaleAccess.of(line)).isEmpty();
  }

  /** Any cut and any change of a character ends in an answer; none throws. */
  @Test
  void parse_whateverTheTextIs_answers() {
    Random random = new Random(7);
    String line = line("2001:db8::1 - bob", TIME, "GET /api/sales/x?a=\\x22 HTTP/1.1", REST);
    List<Character> signs = List.of('"', '\\', ' ', '[', ']', '/', ':', 'x', '0', (char) 0xff);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder(line.substring(random.nextInt(line.length())));
      text.setLength(random.nextInt(line.length()));
      for (int change = random.nextInt(4); change > 0 && !text.isEmpty(); change--) {
        text.setCharAt(random.nextInt(text.length()), signs.get(random.nextInt(signs.size())));
      }
      AccessLogLine.parse(text.toString()).ifPresent(SaleAccess::of);
    }
    String escapes = line("::1 - -", TIME, "\\x22".repeat(16_000), REST);
    assertThat(AccessLogLine.parse(escapes)).contains(new AccessLogLine(SECOND, "", ""));
  }

  private static String line(String who, String time, String request, String rest) {
    return who + " [" + time + "] \"" + request + "\"" + rest;
  }
}
