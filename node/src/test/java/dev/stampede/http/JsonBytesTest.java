package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class JsonBytesTest {

  private static String text(JsonBytes json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "\"quoted\\\"", "\u0000\n\t\u001f\u007f", "ünï — 秒杀 \uD83C\uDF89"})
  void string_always_isReadBackAsItWas(String value) {
    String json = text(new JsonBytes(1).string(value));

    assertThat(new JsonMapper().readValue(json, String.class)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "2000-02-29T23:59:59.999Z",
        "2026-11-27T09:00:00.007Z",
        "9999-12-31T23:59:59.999Z"
      })
  void time_always_hasMilliseconds(String time) {
    assertThat(text(new JsonBytes(1).time(Instant.parse(time)))).isEqualTo('"' + time + '"');
  }

  @Test
  void time_whateverItIs_isTheInstant() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Instant instant = Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
      String time = text(new JsonBytes(8).time(instant)).replace("\"", "");
      assertThat(Instant.parse(time)).as("seed %d", seed).isEqualTo(instant);
    }
  }
}
