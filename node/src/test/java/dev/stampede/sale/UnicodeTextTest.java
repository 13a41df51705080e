package dev.stampede.sale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnicodeTextTest {

  private static final String FACE = "\ud83d\ude00";

  @Test
  void length_always_countsCodePoints() {
    assertThat(UnicodeText.length("")).isZero();
    assertThat(UnicodeText.length("a" + FACE + "b")).isEqualTo(3);
  }

  @Test
  void isWellFormed_whenASurrogateIsAlone_isFalse() {
    assertThat(UnicodeText.isWellFormed("a" + FACE + FACE + "ä")).isTrue();
    assertThat(UnicodeText.isWellFormed("\ud83d")).isFalse();
    assertThat(UnicodeText.isWellFormed("\ude00")).isFalse();
    assertThat(UnicodeText.isWellFormed("\ude00\ud83d")).isFalse();
    assertThat(UnicodeText.isWellFormed(FACE + "\ud83dx")).isFalse();
    assertThat(UnicodeText.isWellFormed("\ud83d" + FACE)).isFalse();
  }

  @Test
  void first_whenACutWouldSplitAPair_leavesItWhole() {
    assertThat(UnicodeText.first("ab", 2)).isEqualTo("ab");
    assertThat(UnicodeText.first(FACE + FACE + "b", 2)).isEqualTo(FACE + FACE);
    assertThat(UnicodeText.first("abc", 0)).isEmpty();
  }
}
