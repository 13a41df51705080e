package dev.stampede.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  @Test
  void decode_whenEncoded_isTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Base64Url.decode(ENCODER.encodeToString(bytes)))
          .as("seed %d", seed)
          .hasValueSatisfying(found -> assertThat(found).isEqualTo(bytes));
    }
  }

  @Test
  void decode_always_takesOneTextForOneMeaning() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (String begin : new String[] {"", "A", "-_", "abc"}) {
      for (int i = 0; i < alphabet.length(); i++) {
        String text = begin + alphabet.charAt(i);
        Base64Url.decode(text)
            .ifPresent(found -> assertThat(ENCODER.encodeToString(found)).isEqualTo(text));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "AAAAA",
        "QQ=",
        "QQ==",
        "QUI=",
        "QUJD=",
        "=",
        "====",
        "QR",
        "QUJ",
        "QQ ",
        " QQ",
        "Q Q",
        "QQ\n",
        "QQ\r\n",
        "+w",
        "/w",
        "Q.Q",
        "QQ,",
        "Q\0",
        "Qé",
        "Q\u0141",
        "QQ\ud83d"
      })
  void decode_whenWrittenInAnotherWay_isNothing(String text) {
    assertThat(Base64Url.decode(text)).isEmpty();
  }
}
