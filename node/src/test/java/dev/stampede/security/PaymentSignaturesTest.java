package dev.stampede.security;

import static dev.stampede.security.PaymentSignatures.Verdict.INVALID;
import static dev.stampede.security.PaymentSignatures.Verdict.STALE;
import static dev.stampede.security.PaymentSignatures.Verdict.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentSignaturesTest {

  private static final String OLD = secret('o');
  private static final String NEW = secret('n');
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String BODY = "{\"type\":\"payment.succeeded\"}";

  private final PaymentSignatures signatures = with(OLD);

  private static String secret(char letter) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) letter);
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  private static PaymentSignatures with(String... secrets) {
    return new PaymentSignatures(List.of(secrets), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static PaymentSignatures.Verdict verify(
      PaymentSignatures by, Instant at, String signature) {
    return by.verify(
        "msg",
        Long.toString(at.getEpochSecond()),
        List.of(signature),
        BODY.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void sign_always_followsTheStandard() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("o".repeat(32).getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    byte[] hash = mac.doFinal(("msg.1800000000." + BODY).getBytes(StandardCharsets.UTF_8));

    assertThat(signatures.sign("msg", NOW, BODY))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(hash));
  }

  @Test
  void verify_whenSignedWithEitherSecret_isValid() {
    PaymentSignatures both = with(NEW, OLD);

    assertThat(verify(both, NOW, with(OLD).sign("msg", NOW, BODY))).isEqualTo(VALID);
    assertThat(verify(both, NOW, with(NEW).sign("msg", NOW, BODY))).isEqualTo(VALID);
    assertThat(verify(with(OLD), NOW, with(NEW).sign("msg", NOW, BODY))).isEqualTo(INVALID);
  }

  @Test
  void verify_whenOneOfSeveralSignaturesHolds_isValid() {
    String several = "v2,xyz v1,AAAA " + signatures.sign("msg", NOW, BODY);

    assertThat(verify(signatures, NOW, several)).isEqualTo(VALID);
  }

  @Test
  void verify_whenTheBodyIsNotText_coversItsBytes() throws GeneralSecurityException {
    byte[] body = {'{', (byte) 0xC3, '}', (byte) 0xFF, 0};
    byte[] other = {'{', (byte) 0xC4, '}', (byte) 0xFE, 0};
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("o".repeat(32).getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    mac.update("msg.1800000000.".getBytes(StandardCharsets.US_ASCII));
    String genuine = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));

    assertThat(signatures.verify("msg", "1800000000", List.of(genuine), body)).isEqualTo(VALID);
    assertThat(signatures.verify("msg", "1800000000", List.of(genuine), other)).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s", "v1,AAAA %s", "v1,AAAA, %s", "v1,AAAA,%s,v2,x", "\t%s  v1a,zz", "%1$s %1$s"})
  void verify_whateverTheFormOfTheList_findsTheSignature(String form) {
    String list = form.formatted(signatures.sign("msg", NOW, BODY));

    assertThat(verify(signatures, NOW, list)).isEqualTo(VALID);
    assertThat(
            signatures.verify(
                "msg",
                "1800000000",
                List.of("", "v1,AAAA", list, "v2,x"),
                BODY.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x%s", "%sx", "v1a,%s=", "v1%s", "%s=", ".%s"})
  void verify_whenTheSignatureIsPartOfAnotherWord_isInvalid(String form) {
    assertThat(verify(signatures, NOW, form.formatted(signatures.sign("msg", NOW, BODY))))
        .isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 26, 27, 31, 32, 33, 48, 63, 64})
  void secret_ofEveryLengthOfTheStandard_works(int bytes) {
    byte[] key = new byte[bytes];
    Arrays.fill(key, (byte) 7);
    PaymentSignatures with = with("whsec_" + Base64.getEncoder().encodeToString(key));

    assertThat(verify(with, NOW, with.sign("msg", NOW, BODY))).isEqualTo(VALID);
    assertThat(verify(signatures, NOW, with.sign("msg", NOW, BODY))).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 65, 128})
  void secret_ofAnotherLength_isRefused(int bytes) {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

    assertThatThrownBy(() -> with(secret))
        .hasMessage("the secret payment must have 24 to 64 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+1800000000", "-7423372036854775808", "01800000000000", " 1800000000", "٣"})
  void verify_whenTimeIsNoPlainNumber_isInvalid(String timestamp) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("o".repeat(32).getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    byte[] hash = mac.doFinal(("msg." + timestamp + "." + BODY).getBytes(StandardCharsets.UTF_8));
    String signature = "v1," + Base64.getEncoder().encodeToString(hash);

    assertThat(
            signatures.verify(
                "msg", timestamp, List.of(signature), BODY.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(INVALID);
  }

  @ParameterizedTest
  @CsvSource({"-300, VALID", "300, VALID", "-301, STALE", "301, STALE"})
  void verify_whenFromAnotherTime_isStale(long seconds, PaymentSignatures.Verdict verdict) {
    Instant at = NOW.plusSeconds(seconds);

    assertThat(verify(signatures, at, signatures.sign("msg", at, BODY))).isEqualTo(verdict);
  }

  @Test
  void verify_whenStaleAndForged_isInvalid() {
    assertThat(verify(signatures, Instant.EPOCH, "v1,AAAA")).isEqualTo(INVALID).isNotEqualTo(STALE);
  }

  @Test
  void verify_whenTimeIsNone_isInvalid() {
    assertThat(signatures.verify("msg", "soon", List.of("v1,AAAA"), new byte[0]))
        .isEqualTo(INVALID);
    assertThat(signatures.verify("msg", "", List.of(), new byte[0])).isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1_800_000_000, Long.MAX_VALUE, -1, 1L << 62})
  void verify_whenTimeIsFarAway_isNeverValid(long seconds) {
    String signature = signedBy("o".repeat(32), "msg." + seconds + "." + BODY);

    assertThat(
            signatures.verify(
                "msg",
                Long.toString(seconds),
                List.of(signature),
                BODY.getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1800000000", "01800000000", " 1800000000", "1.8e9", "-0", "१८"})
  void verify_whenTimeIsWrittenInAnotherWay_isInvalid(String time) {
    String signature = signedBy("o".repeat(32), "msg.1800000000." + BODY);

    assertThat(
            signatures.verify(
                "msg", time, List.of(signature), BODY.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(INVALID);
  }

  private static String signedBy(String key, String text) {
    byte[] hash =
        new HmacSha256(key.getBytes(StandardCharsets.US_ASCII))
            .of(text.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(hash);
  }

  @Test
  void secret_whenWeakOrNone_isRefusedWithoutBeingNamed() {
    assertThatThrownBy(() -> with()).hasMessage("at least one secret payment is needed");
    assertThatThrownBy(() -> with("abc")).hasMessage("the secret payment must start with whsec_");
    assertThatThrownBy(() -> with("whsec_abc")).hasMessage("the secret payment is not base64");
    assertThatThrownBy(() -> with("whsec_YWJj"))
        .hasMessage("the secret payment must have 24 to 64 bytes");
  }
}
