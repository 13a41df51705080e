package dev.stampede.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens whose signature is right, and whose form is not. */
final class TokenFormsTest {

  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CLAIMS = "{\"iss\":\"stampede\",\"sub\":\"ann\",\"exp\":4000000000}";

  private final RawTokens raw = new RawTokens(KEY);
  private final Tokens tokens =
      new Tokens(Base64.getEncoder().encodeToString(KEY), Clock.fixed(NOW, ZoneOffset.UTC));

  private final Tokens forShop =
      new Tokens(Base64.getEncoder().encodeToString(KEY), "shop", Clock.fixed(NOW, ZoneOffset.UTC));

  private void assertInvalid(String token) {
    assertThat(tokens.verify(token)).isInstanceOf(TokenVerdict.Invalid.class);
  }

  private void assertValid(String token, String buyer, boolean admin) {
    assertThat(tokens.verify(token))
        .isEqualTo(new TokenVerdict.Valid(new Identity(new BuyerId(buyer), admin)));
  }

  private static String claims(String more) {
    return CLAIMS.substring(0, CLAIMS.length() - 1) + "," + more + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "7",
        "\"HS256\"",
        "[]",
        "[{\"alg\":\"HS256\"}]",
        "",
        "{",
        "{}",
        "nonsense",
        "{\"alg\":null}",
        "{\"alg\":256}",
        "{\"alg\":[\"HS256\"]}",
        "{\"alg\":{\"alg\":\"HS256\"}}",
        "{\"x\":{\"alg\":\"HS256\"}}",
        "{\"alg\":\"none\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS512\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"crit\":[]}",
        "{\"alg\":\"HS256\",\"crit\":null}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"HS256\",\"b64\":true}",
        "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"alg\":\"HS256\",\"typ\":7}",
        "{\"alg\":\"HS256\"}{}",
        "{\"alg\":\"HS256\"} x"
      })
  void verify_whenHeaderIsAnother_isInvalid(String header) {
    assertInvalid(raw.token(header, CLAIMS));
    assertInvalid(raw.token(header, CLAIMS).replaceFirst("\\.[^.]*$", ".AAAA"));
    assertInvalid(raw.token(header, CLAIMS).replaceFirst("\\.[^.]*$", "."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\"}",
        " {\"typ\":\"at+jwt\", \"alg\":\"HS256\", \"kid\":\"1\", \"jku\":\"http://x\"}\n",
        "{\"x\":[{\"alg\":\"none\",\"crit\":[]}],\"alg\":\"HS256\"}"
      })
  void verify_whenHeaderSaysMore_isValid(String header) {
    assertValid(raw.token(header, CLAIMS), "ann", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":{\"iss\":\"stampede\",\"sub\":\"ann\",\"exp\":4000000000}}",
        "{\"sub\":{\"iss\":\"stampede\",\"sub\":\"ann\",\"exp\":4000000000},\"roles\":[\"admin\"]}",
        "{\"iss\":{\"iss\":\"stampede\"},\"sub\":\"ann\",\"exp\":4000000000}",
        "{\"iss\":[\"stampede\"],\"sub\":\"ann\",\"exp\":4000000000}",
        "{\"exp\":[4000000000],\"iss\":\"stampede\",\"sub\":\"ann\"}",
        "{\"exp\":{\"exp\":4000000000},\"iss\":\"stampede\",\"sub\":\"ann\"}",
        "[{\"iss\":\"stampede\",\"sub\":\"ann\",\"exp\":4000000000}]",
        "null"
      })
  void verify_whenClaimsAreDeeper_isInvalid(String claims) {
    assertThat(tokens.verify(raw.token(claims))).isNotInstanceOf(TokenVerdict.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"profile\":{\"roles\":[\"admin\"]}",
        "\"x\":{\"y\":{\"roles\":[\"admin\"],\"sub\":\"eve\"}}",
        "\"roles\":{\"roles\":[\"admin\"]}",
        "\"roles\":[{\"roles\":[\"admin\"]},[\"admin\"]]",
        "\"aud\":{\"roles\":[\"admin\"]}",
        "\"nbf\":0,\"x\":[{\"roles\":[\"admin\"]}]"
      })
  void verify_whenRolesAreDeeper_isNoAdmin(String more) {
    assertValid(raw.token(claims(more)), "ann", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sub\":\"eve\"",
        "\"sub\":\"ann\"",
        "\"s\\u0075b\":\"eve\"",
        "\"exp\":4000000000",
        "\"iss\":\"stampede\"",
        "\"roles\":[],\"roles\":[\"admin\"]",
        "\"other\":1,\"other\":2"
      })
  void verify_whenAClaimIsThereTwice_isInvalid(String more) {
    assertInvalid(raw.token(claims(more)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " 1", ",", "}", "x", "\0", "\u00a0", CLAIMS})
  void verify_whenTextFollowsTheClaims_isInvalid(String text) {
    assertInvalid(raw.token(CLAIMS + text));
    assertInvalid(raw.token(text + CLAIMS));
  }

  @Test
  void verify_whenClaimsAreNotUtf8_isInvalid() {
    byte[] header = RawTokens.HEADER.getBytes(UTF_8);
    String umlaut = CLAIMS.replace("ann", "änn");
    List<byte[]> forms =
        List.of(
            CLAIMS.getBytes(UTF_16BE),
            CLAIMS.getBytes(UTF_16LE),
            ("\ufeff" + CLAIMS).getBytes(UTF_8),
            umlaut.getBytes(ISO_8859_1),
            claims("\"name\":\"änn\"").getBytes(ISO_8859_1),
            CLAIMS.replace("ann", "aXY").replace("X", "\u00c0").getBytes(ISO_8859_1),
            CLAIMS.replace("ann", "\u00c0\u00af").getBytes(ISO_8859_1),
            CLAIMS.replace("ann", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1),
            claims("\"name\":\"\u00ed\u00a0\u0080\"").getBytes(ISO_8859_1),
            CLAIMS.replace("ann", "\u00f4\u0090\u0080\u0080").getBytes(ISO_8859_1));

    forms.forEach(form -> assertInvalid(raw.token(header, form)));
    assertInvalid(raw.token(RawTokens.HEADER.getBytes(UTF_16BE), CLAIMS.getBytes(UTF_8)));
    assertValid(raw.token(umlaut), "änn", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"4000000000\"",
        "true",
        "4e99",
        "1e999999999",
        "253402300800",
        "4000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999",
        "-1",
        "-7456206436854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "-1e999999999"
      })
  void verify_whenATimeIsImpossible_isInvalid(String time) {
    assertThat(tokens.verify(raw.token(CLAIMS.replace("4000000000", time))))
        .isNotInstanceOf(TokenVerdict.Valid.class);
    assertInvalid(raw.token(claims("\"nbf\":" + time)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767225599", "1767225600", "1767225602", "1767225601.5", "0", "1.7e9"})
  void verify_whenValidAlready_isValid(String notBefore) {
    assertValid(raw.token(claims("\"nbf\":" + notBefore)), "ann", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767225603", "1767225602.5", "3999999999", "\"0\"", "null", "[0]"})
  void verify_whenNotValidYet_isInvalid(String notBefore) {
    assertInvalid(raw.token(claims("\"nbf\":" + notBefore)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"shop\"", "[\"shop\"]", "[\"other\",\"shop\"]", "[7,{\"a\":[\"b\"]},\"shop\"]"})
  void verify_whenForThisAudience_isValid(String audience) {
    assertThat(forShop.verify(raw.token(claims("\"aud\":" + audience))))
        .isInstanceOf(TokenVerdict.Valid.class);
    assertValid(raw.token(claims("\"aud\":" + audience)), "ann", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Shop\"",
        "\"shop \"",
        "\"\"",
        "[]",
        "[[\"shop\"]]",
        "[{\"aud\":\"shop\"}]",
        "{\"shop\":\"shop\"}",
        "{\"aud\":\"shop\"}",
        "null",
        "7"
      })
  void verify_whenForAnotherAudience_isInvalid(String audience) {
    assertThat(forShop.verify(raw.token(claims("\"aud\":" + audience))))
        .isEqualTo(forShop.verify(raw.token(CLAIMS)))
        .isInstanceOf(TokenVerdict.Invalid.class)
        .extracting(Object::toString)
        .asString()
        .contains("aud");
    assertValid(raw.token(claims("\"aud\":" + audience)), "ann", false);
  }

  @Test
  void issue_whenThereIsAnAudience_isForIt() {
    Identity ann = new Identity(new BuyerId("ann"), false);
    String token = forShop.issue(ann, Duration.ofMinutes(1));

    assertThat(forShop.verify(token)).isEqualTo(new TokenVerdict.Valid(ann));
    assertThat(tokens.verify(token)).isEqualTo(new TokenVerdict.Valid(ann));
    assertThat(forShop.verify(tokens.issue(ann, Duration.ofMinutes(1))))
        .isInstanceOf(TokenVerdict.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "google-oauth2|117032346134512345678",
        "ann+shop@example.org",
        "dGhpcyBpcyBiYXNlNjQ=",
        "a/b+c==",
        "https://idp.example/users/7?x=1#y",
        "Ann Example",
        " ann",
        "ann ",
        "ÄNN",
        "\ud83d\ude00",
        "null"
      })
  void verify_whenSubjectIsOfAProvider_isThatBuyer(String subject) {
    assertValid(raw.token(CLAIMS.replace("ann", subject)), subject, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\\u0000b",
        "a\\nb",
        "\\u007f",
        "\\u0085",
        "\\u2028",
        "\\ud83d",
        "\\ude00\\ud83d",
        "a\\ud800"
      })
  void verify_whenSubjectCannotBe_isInvalid(String subject) {
    assertInvalid(raw.token(CLAIMS.replace("ann", subject)));
  }

  @Test
  void verify_whenSubjectIsLong_countsCodePoints() {
    String face = "\ud83d\ude00";

    assertValid(raw.token(CLAIMS.replace("ann", "x".repeat(255))), "x".repeat(255), false);
    assertValid(raw.token(CLAIMS.replace("ann", face.repeat(255))), face.repeat(255), false);
    assertInvalid(raw.token(CLAIMS.replace("ann", "x".repeat(256))));
    assertInvalid(raw.token(CLAIMS.replace("ann", face.repeat(256))));
  }
}
