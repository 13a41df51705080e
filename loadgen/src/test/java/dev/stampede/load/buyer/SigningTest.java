package dev.stampede.load.buyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.standardwebhooks.Webhook;
import dev.stampede.load.http.Header;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed here, other people's libraries take. */
final class SigningTest {
  private static final byte[] SECRET =
      "a secret of thirty-two bytes, yes".getBytes(StandardCharsets.US_ASCII);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final JwtSigner signer = new JwtSigner(SECRET, "", now, Duration.ofHours(1));

  @Test
  void buyer_always_isAValidTokenOfThatBuyer() throws Exception {
    SignedJWT token = SignedJWT.parse(signer.buyer("load-x-7"));

    assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("stampede");
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("load-x-7");
    assertThat(token.getJWTClaimsSet().getIssueTime()).isEqualTo(now);
    assertThat(token.getJWTClaimsSet().getExpirationTime()).isEqualTo(now.plusSeconds(3600));
    assertThat(token.getJWTClaimsSet().getClaim("roles")).isNull();
  }

  @Test
  void buyer_whenThereIsAnAudience_isForIt() throws Exception {
    JwtSigner forShop =
        new JwtSigner(SECRET, "https://shop.example/\"1\"", now, Duration.ofHours(1));

    assertThat(SignedJWT.parse(forShop.admin("ops")).getJWTClaimsSet().getAudience())
        .containsExactly("https://shop.example/\"1\"");
    assertThat(SignedJWT.parse(signer.admin("ops")).getJWTClaimsSet().getAudience()).isEmpty();
  }

  @Test
  void admin_always_hasTheRole() throws Exception {
    SignedJWT token = SignedJWT.parse(signer.admin("ops"));

    assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("admin");
  }

  @Test
  void webhook_always_isTakenByTheStandardLibrary() {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(SECRET);
    String body = "{\"type\":\"payment.succeeded\"}";
    Header[] headers = new WebhookSigner(secret).headers("msg-1", now.getEpochSecond(), body);
    Map<String, List<String>> sent =
        Arrays.stream(headers)
            .collect(Collectors.toMap(Header::name, header -> List.of(header.value())));

    assertThatNoException()
        .isThrownBy(() -> new Webhook(secret).verify(body, HttpHeaders.of(sent, (_, _) -> true)));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 26, 33, 64})
  void webhook_withASecretOfAnyLength_isTakenByTheStandardLibrary(int bytes) {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    String body = "{\"type\":\"payment.succeeded\"}";
    Header[] headers =
        new WebhookSigner(secret + ", whsec_" + Base64.getEncoder().encodeToString(SECRET))
            .headers("msg-1", now.getEpochSecond(), body);
    Map<String, List<String>> sent =
        Arrays.stream(headers)
            .collect(Collectors.toMap(Header::name, header -> List.of(header.value())));

    assertThatNoException()
        .isThrownBy(() -> new Webhook(secret).verify(body, HttpHeaders.of(sent, (_, _) -> true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whsec_AB==", "whsec_AA", "whsec_AA==\n=", "whsec_", "AA==", "whsec_A A="})
  void webhook_whenTheSecretIsNotTheOneTextOfItsBytes_refuses(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebhookSigner(secret))
        .withMessageNotContaining("AA");
  }

  @Test
  void tokenBuyers_fromSignedTokens_knowTheirIds() {
    TokenBuyers buyers = new TokenBuyers(List.of(signer.buyer("ann"), signer.buyer("bob")));

    assertThat(buyers.id(1)).isEqualTo("bob");
    assertThat(buyers.includes("ann")).isTrue();
    assertThat(buyers.includes("eve")).isFalse();
  }

  @Test
  void tokenBuyers_fromSomethingElse_refuse() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenBuyers(List.of("hello")));
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenBuyers(List.of("a.b.c")));
  }

  @Test
  void tokenBuyers_whenATokenIsOdd_nameItsLineAndNotTheToken() {
    String good = signer.buyer("ann");
    for (String claims :
        List.of("{\"sub\":7}", "{\"sub\":null}", "{\"sub\":\"\"}", "{}", "null", "[]", "x")) {
      String odd = "a." + base64Url(claims) + ".c";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TokenBuyers(List.of(good, odd)))
          .withMessageStartingWith("token 2 ")
          .withMessageNotContaining(base64Url(claims));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenBuyers(List.of("a." + base64Url("{\"sub\":\"ab\"}") + "=.c")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TokenBuyers(List.of("a." + base64Url("{\"sub\":\"ä\"}") + ".c", odd())));
    assertThat(new TokenBuyers(List.of("a." + base64Url("{\"sub\":\"auth0|ä\"}") + ".c")).id(0))
        .isEqualTo("auth0|ä");
  }

  /** Claims in another encoding than UTF-8. */
  private static String odd() {
    byte[] latin = "{\"sub\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
    return "a." + Base64.getUrlEncoder().withoutPadding().encodeToString(latin) + ".c";
  }

  private static String base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
