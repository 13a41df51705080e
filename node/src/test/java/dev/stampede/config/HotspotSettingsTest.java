package dev.stampede.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HotspotSettingsTest {

  @Test
  void load_whenOnlyTheUpperThresholdIsSet_leavesAtHalfOfIt() {
    assertThat(load(Map.of("STAMPEDE_HOTSPOT_ENTER", "1")).leave()).isEqualTo(0.5);
    assertThat(load(Map.of("STAMPEDE_HOTSPOT_ENTER", "3000")).leave()).isEqualTo(1_500);
  }

  @Test
  void load_whenBothThresholdsAreSet_takesThem() {
    HotspotSettings settings =
        load(Map.of("STAMPEDE_HOTSPOT_ENTER", "100", "STAMPEDE_HOTSPOT_LEAVE", "99"));

    assertThat(settings.enter()).isEqualTo(100);
    assertThat(settings.leave()).isEqualTo(99);
  }

  @Test
  void load_whenTheLowerThresholdIsNotLower_saysSoInOneLine() {
    assertThatThrownBy(
            () -> load(Map.of("STAMPEDE_HOTSPOT_ENTER", "100", "STAMPEDE_HOTSPOT_LEAVE", "100")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "hotspot.leave: 100 is not below hotspot.enter, which is 100: set it lower"
                + " (STAMPEDE_HOTSPOT_LEAVE), or leave it empty for half");
  }

  @Test
  void load_whenBrokersAreSet_hasKafkaWithItsTopics() {
    Map<String, String> variables =
        Map.of(
            "STAMPEDE_HOTSPOT_KAFKA_SERVERS", "kafka-1:9092, kafka-2:9092",
            "STAMPEDE_HOTSPOT_KAFKA_HOT", "hot");

    assertThat(load(variables).kafka())
        .contains(
            new KafkaSettings(List.of("kafka-1:9092", "kafka-2:9092"), "stampede.access", "hot"));
  }

  @Test
  void load_whenNoBrokerIsSet_hasNoKafka() {
    assertThat(load(Map.of("STAMPEDE_HOTSPOT_KAFKA_ACCESS", "access")).kafka())
        .isEqualTo(Optional.empty());
  }

  private static HotspotSettings load(Map<String, String> variables) {
    return SettingsLoader.load(
            SettingLayer.ofEnvironment(variables).over(SettingsLoaderTest.shipped()))
        .hotspot();
  }
}
