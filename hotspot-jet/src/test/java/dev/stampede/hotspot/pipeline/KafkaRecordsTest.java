package dev.stampede.hotspot.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaRecordsTest {
  @Test
  void read_whenWhole_hasEveryValue() {
    assertThat(
            KafkaRecords.read(
                bytes(
                    """
                    {"key":"phone","count":12,"time":1700000000123,"source":"nginx","more":[1]}\
                    """),
                5))
        .contains(
            new KafkaRecords.Told(new Access("phone", 12, 0, HotSource.KAFKA), 1_700_000_000_123L));
  }

  @Test
  void read_withoutTimeAndSource_takesTheRecordsTime() {
    assertThat(KafkaRecords.read(bytes("{\"key\":\"phone\",\"count\":1}"), 5))
        .contains(new KafkaRecords.Told(new Access("phone", 1, 0, HotSource.KAFKA), 5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000_000})
  void read_atTheBounds_reads(int count) {
    String json = "{\"key\":\"%s\",\"count\":%d}".formatted("k".repeat(64), count);

    assertThat(KafkaRecords.read(bytes(json), 5)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "[{\"key\":\"a\",\"count\":1}]",
        "{",
        "{}",
        "plain text",
        "{\"key\":\"a\"}",
        "{\"count\":1}",
        "{\"key\":\"\",\"count\":1}",
        "{\"key\":\" \",\"count\":1}",
        "{\"key\":7,\"count\":1}",
        "{\"key\":null,\"count\":1}",
        "{\"key\":\"a\",\"count\":0}",
        "{\"key\":\"a\",\"count\":-1}",
        "{\"key\":\"a\",\"count\":1000001}",
        "{\"key\":\"a\",\"count\":99999999999999999999}",
        "{\"key\":\"a\",\"count\":1.5}",
        "{\"key\":\"a\",\"count\":\"1\"}",
        "{\"key\":\"a\",\"count\":1,\"time\":\"now\"}",
        "{\"key\":\"a\",\"count\":1,\"source\":{}}",
        "{\"key\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"count\":1}"
      })
  void read_whenMalformed_isNothing(String json) {
    assertThat(KafkaRecords.read(bytes(json), 5)).isEmpty();
  }

  @Test
  void read_whenNoTextAtAll_isNothing() {
    assertThat(KafkaRecords.read(null, 5)).isEmpty();
    assertThat(KafkaRecords.read(new byte[] {-1, 0, -2}, 5)).isEmpty();
    assertThat(KafkaRecords.read(bytes("[".repeat(4_000)), 5)).isEmpty();
    assertThat(KafkaRecords.read(bytes("{\"key\":\"a\",\"count\":1}" + " ".repeat(4_096)), 5))
        .isEmpty();
  }

  @Test
  void write_always_isTheDocumentedForm() throws Exception {
    HotItem item = new HotItem("phone", 120.5, 7, 1, 2, Set.of(HotSource.KAFKA, HotSource.NODES));

    assertThat(new String(KafkaRecords.write(item), UTF_8))
        .isEqualTo(
            """
            {"key":"phone","rate":120.5,"purchaseRate":7.0,"since":1,"at":2,"sources":["nodes","kafka"]}\
            """);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
