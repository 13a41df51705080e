package dev.stampede.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.stampede.order.BuyerId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {

  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
          .getBytes(StandardCharsets.US_ASCII);
  private static final String SECRET = Base64.getEncoder().encodeToString(KEY);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Identity ANN = new Identity(new BuyerId("ann"), false);
  private static final Class<TokenVerdict.Invalid> INVALID = TokenVerdict.Invalid.class;

  private final Tokens tokens = at(NOW);

  private static Tokens at(Instant instant) {
    return new Tokens(SECRET, Clock.fixed(instant, ZoneOffset.UTC));
  }

  private static String signed(JWSAlgorithm algorithm, String claims) throws JOSEException {
    JWSSigner signer = new MACSigner(KEY);
    JWSObject object = new JWSObject(new JWSHeader(algorithm), new Payload(claims));
    object.sign(signer);
    return object.serialize();
  }

  @Test
  void verify_whenIssuedHere_saysWhoItIs() {
    Identity admin = new Identity(new BuyerId("root"), true);

    assertThat(tokens.verify(tokens.issue(ANN, Duration.ofMinutes(1))))
        .isEqualTo(new TokenVerdict.Valid(ANN));
    assertThat(tokens.verify(tokens.issue(admin, Duration.ofMinutes(1))))
        .isEqualTo(new TokenVerdict.Valid(admin));
  }

  @Test
  void verify_whenItsTimeIsOver_hasExpired() {
    String token = tokens.issue(ANN, Duration.ofMinutes(1));

    assertThat(at(NOW.plusSeconds(59)).verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(at(NOW.plusSeconds(60)).verify(token)).isInstanceOf(TokenVerdict.Expired.class);
  }

  @Test
  void verify_whenAnyPartIsChanged_isInvalid() {
    String token = tokens.issue(ANN, Duration.ofMinutes(1));

    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.verify(changed)).as("at " + i).isInstanceOf(INVALID);
    }
  }

  @Test
  void verify_whenSignedWithAnotherSecret_isInvalid() {
    Tokens others =
        new Tokens(
            Base64.getEncoder().encodeToString(new byte[32]), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(tokens.verify(others.issue(ANN, Duration.ofMinutes(1)))).isInstanceOf(INVALID);
  }

  @Test
  void verify_whenAlgorithmIsAnother_isInvalid() throws JOSEException {
    String claims = "{\"iss\":\"stampede\",\"sub\":\"ann\",\"exp\":4000000000}";
    String unsigned =
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII))
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.US_ASCII))
            + ".";

    assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims)))
        .isEqualTo(new TokenVerdict.Valid(ANN));
    assertThat(tokens.verify(signed(JWSAlgorithm.HS512, claims))).isInstanceOf(INVALID);
    assertThat(tokens.verify(unsigned)).isInstanceOf(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"ann\",\"exp\":4000000000}",
        "{\"iss\":\"other\",\"sub\":\"ann\",\"exp\":4000000000}",
        "{\"iss\":\"stampede\",\"exp\":4000000000}",
        "{\"iss\":\"stampede\",\"sub\":\"\",\"exp\":4000000000}",
        "{\"iss\":\"stampede\",\"sub\":7,\"exp\":4000000000}",
        "[]",
        "nonsense",
        "{\"iss\":\"stampede\""
      })
  void verify_whenClaimsAreNotOurs_isInvalid(String claims) throws JOSEException {
    assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims))).isInstanceOf(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"admin\"", "[\"ADMIN\"]", "[[\"admin\"]]", "{\"admin\":true}", "null", "[1]"})
  void verify_whenRolesAreOddOnes_isNoAdmin(String roles) throws JOSEException {
    String claims =
        "{\"roles\":" + roles + ",\"iss\":\"stampede\",\"sub\":\"ann\",\"exp\":4000000000}";

    assertThat(tokens.verify(signed(JWSAlgorithm.HS256, claims)))
        .isEqualTo(new TokenVerdict.Valid(ANN));
  }

  @Test
  void verify_withoutEnd_hasExpired() throws JOSEException {
    assertThat(tokens.verify(signed(JWSAlgorithm.HS256, "{\"iss\":\"stampede\",\"sub\":\"ann\"}")))
        .isInstanceOf(TokenVerdict.Expired.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "ü.ü.ü"})
  void verify_whenNoToken_isInvalid(String text) {
    assertThat(tokens.verify(text)).isInstanceOf(INVALID);
  }

  @Test
  void verify_whenEndless_isInvalid() {
    assertThat(tokens.verify("a.b." + "c".repeat(1_000_000))).isInstanceOf(INVALID);
  }
}
