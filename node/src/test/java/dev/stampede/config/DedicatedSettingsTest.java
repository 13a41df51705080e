package dev.stampede.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DedicatedSettingsTest {

  @Test
  void load_whenNothingIsSet_hasWhatAllSalesHave() {
    Map<String, String> variables =
        Map.of(
            "STAMPEDE_LANE_SHARE", "7",
            "STAMPEDE_LANE_RATE", "6",
            "STAMPEDE_LANE_CAPACITY", "8",
            "STAMPEDE_LANE_BATCH", "9");

    assertThat(load(variables).dedicated().lane()).isEqualTo(load(variables).lane());
    assertThat(load(variables).dedicated().store()).isEqualTo(new StoreSettings(1, 1_000));
  }

  @Test
  void load_whenAllIsSet_leavesTheOthersAsTheyAre() {
    Map<String, String> variables =
        Map.of(
            "STAMPEDE_DEDICATED_SHARE", "7",
            "STAMPEDE_DEDICATED_RATE", "6",
            "STAMPEDE_DEDICATED_CAPACITY", "8",
            "STAMPEDE_DEDICATED_BATCH", "9",
            "STAMPEDE_DEDICATED_STORE_DELAY_SECONDS", "2",
            "STAMPEDE_DEDICATED_STORE_BATCH", "10",
            "STAMPEDE_LANE_DEADLINE", "3s");

    assertThat(load(variables).dedicated())
        .isEqualTo(
            new DedicatedSettings(
                new LaneSettings(8, 7, 6, 9, Duration.ofSeconds(3)), new StoreSettings(2, 10)));
    assertThat(load(variables).lane())
        .isEqualTo(
            new LaneSettings(10_000, 32, LaneSettings.USUAL_RATE, 512, Duration.ofSeconds(3)));
  }

  /** 0 would write through, on the thread that sells. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "4"})
  void load_whenTheStoreWouldWriteAtOnceOrTooLate_isRefused(String delay) {
    assertThatThrownBy(() -> load(Map.of("STAMPEDE_DEDICATED_STORE_DELAY_SECONDS", delay)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "STAMPEDE_DEDICATED_STORE_DELAY_SECONDS: found \""
                + delay
                + "\", expected a whole number from 1 to 3");
  }

  private static Settings load(Map<String, String> variables) {
    return SettingsLoader.load(
        SettingLayer.ofEnvironment(variables).over(SettingsLoaderTest.shipped()));
  }
}
