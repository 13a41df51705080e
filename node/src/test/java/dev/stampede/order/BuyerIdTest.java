package dev.stampede.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BuyerIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "auth0|5f7c", "google-oauth2|117", "a+b@c.d", "YQ==", " a", "a ", "ä", "😀"})
  void of_whenAProviderMakesIt_isKeptAsItIs(String text) {
    assertThat(BuyerId.of(text).value()).isEqualTo(text);
  }

  @Test
  void of_whenTheyDifferInAnything_areTwoBuyers() {
    assertThat(BuyerId.of("ann")).isNotEqualTo(BuyerId.of("Ann")).isNotEqualTo(BuyerId.of("ann "));
    assertThat(BuyerId.of("\u00e4")).isNotEqualTo(BuyerId.of("a\u0308"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "''=is empty",
        "a\\nb=has U+000A at position 2",
        "\\0=has U+0000 at position 1",
        "\\x7f=has U+007F at position 1",
        "\u0085=has U+0085 at position 1"
      })
  void of_whenItCannotBe_saysWhy(String text, String why) {
    String given = text.replace("\\n", "\n").replace("\\0", "\0").replace("\\x7f", "\u007f");

    assertThatThrownBy(() -> BuyerId.of(given))
        .hasMessageStartingWith("a buyer id has 1 to 255 characters")
        .hasMessageEndingWith(why);
  }

  @Test
  void of_whenTooLongOrCutInHalf_saysWhy() {
    assertThat(BuyerId.of("😀".repeat(255)).value()).hasSize(510);
    assertThatThrownBy(() -> BuyerId.of("😀".repeat(256))).hasMessageEndingWith("has 256");
    assertThatThrownBy(() -> BuyerId.of("a\ud83d")).hasMessageEndingWith("an unpaired surrogate");
    assertThatThrownBy(() -> BuyerId.of("\ude00\ud83d"))
        .hasMessageEndingWith("an unpaired surrogate");
  }
}
