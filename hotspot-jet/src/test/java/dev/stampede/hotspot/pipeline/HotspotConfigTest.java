package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HotspotConfigTest {
  private static final HotspotConfig PLAIN = config(100, 80, 10, null);

  @Test
  void fingerprint_always_differsWhereAnyValueDiffers() {
    assertThat(different().map(HotspotConfig::fingerprint).distinct())
        .hasSize((int) different().count());
    assertThat(config(100, 80, 10, null).fingerprint()).isEqualTo(PLAIN.fingerprint());
  }

  @ParameterizedTest
  @MethodSource("different")
  void serialization_always_keepsEveryValue(HotspotConfig config) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(config);
    }
  }

  static Stream<HotspotConfig> different() {
    return Stream.of(
        PLAIN,
        config(101, 80, 10, null),
        config(100, 81, 10, null),
        config(100, 80, 11, null),
        config(100, 80, 10, new KafkaTopics("a:1", "b", "c")),
        config(100, 80, 10, new KafkaTopics("a:2", "b", "c")),
        config(100, 80, 10, new KafkaTopics("a:1,a:2", "b", "c")),
        config(100, 80, 10, new KafkaTopics("a:1", "b2", "c")),
        config(100, 80, 10, new KafkaTopics("a:1", "b", "c2")));
  }

  @Test
  void config_whenOutOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> config(100, 101, 10, null));
    assertThatIllegalArgumentException().isThrownBy(() -> config(100, 0, 10, null));
    assertThatIllegalArgumentException().isThrownBy(() -> config(Double.NaN, 1, 10, null));
    assertThatIllegalArgumentException().isThrownBy(() -> config(100, 80, 0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> config(100, 80, 10_001, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with blank", "comma,", "ä"})
  void topics_whenNoTopicsName_areRefused(String name) {
    for (List<String> topics : List.of(List.of(name, "hot"), List.of("access", name))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KafkaTopics("a:1", topics.getFirst(), topics.getLast()))
          .withMessageContaining("'" + name + "'");
    }
  }

  private static HotspotConfig config(double enter, double leave, int top, KafkaTopics kafka) {
    return new HotspotConfig(enter, leave, top, Optional.ofNullable(kafka));
  }
}
