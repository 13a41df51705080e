package dev.stampede.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stampede.order.BuyerId;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Signed tokens (JWT, HS256): issues and verifies them.
 *
 * <p>Every purchase verifies one. So signature and header are nimbus's business, but its general
 * reading of claims, which costs four times the signature, is replaced by {@link TokenClaims}, and
 * a header seen before is not read again: all tokens of one issuer have the same.
 */
public final class Tokens {

  static final String ISSUER = "stampede";
  static final String ROLES = "roles";
  static final String ADMIN = "admin";

  /** The longest token that is looked at, in characters. */
  static final int MAX_LENGTH = 4_096;

  private static final TokenVerdict INVALID = new TokenVerdict.Invalid();
  private static final TokenVerdict EXPIRED = new TokenVerdict.Expired();

  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Clock clock;
  private volatile KnownHeader known;

  /** A header, and its text in tokens. */
  private record KnownHeader(String text, JWSHeader header) {}

  /**
   * Tokens under a secret.
   *
   * @param secret base64 of 32 bytes or more
   * @param clock decides what has expired
   * @throws IllegalArgumentException where the secret is not that
   */
  public Tokens(String secret, Clock clock) {
    byte[] key = Secrets.decode("jwt", secret);
    try {
      signer = new MACSigner(key);
      verifier = new MACVerifier(key);
      // Saves the search through all providers, which would cost as much as the signature.
      verifier.getJCAContext().setProvider(Mac.getInstance("HmacSHA256").getProvider());
    } catch (JOSEException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("every key of 32 bytes does for HS256", e);
    }
    this.clock = clock;
    JWSHeader own = header();
    known = new KnownHeader(own.toBase64URL().toString(), own);
  }

  private static JWSHeader header() {
    return new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
  }

  /**
   * A new token.
   *
   * @param identity whom it speaks for
   * @param validFor from now on, 1 s or more
   */
  public String issue(Identity identity, Duration validFor) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(identity.buyer().value())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validFor)));
    if (identity.admin()) {
      claims.claim(ROLES, List.of(ADMIN));
    }
    SignedJWT token = new SignedJWT(header(), claims.build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("signing with a key at hand cannot fail", e);
    }
    return token.serialize();
  }

  /** What a token from outside is worth. Never throws. */
  public TokenVerdict verify(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 1 || second < 0 || token.length() > MAX_LENGTH) {
      return INVALID;
    }
    try {
      if (!isSigned(token, first, second)) {
        return INVALID;
      }
    } catch (ParseException | JOSEException e) {
      return INVALID;
    }
    return TokenClaims.parse(token.substring(first + 1, second)).map(this::judge).orElse(INVALID);
  }

  private boolean isSigned(String token, int first, int second)
      throws ParseException, JOSEException {
    JWSHeader header = header(token.substring(0, first));
    return header.getAlgorithm().equals(JWSAlgorithm.HS256)
        && verifier.verify(
            header,
            token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
            new Base64URL(token.substring(second + 1)));
  }

  private JWSHeader header(String text) throws ParseException {
    KnownHeader last = known;
    if (last.text().equals(text)) {
      return last.header();
    }
    JWSHeader header = JWSHeader.parse(new Base64URL(text));
    known = new KnownHeader(text, header);
    return header;
  }

  private TokenVerdict judge(TokenClaims claims) {
    if (!claims.issuer().equals(ISSUER)) {
      return INVALID;
    }
    if (claims.expiresAt() <= clock.instant().getEpochSecond()) {
      return EXPIRED;
    }
    Optional<BuyerId> buyer = buyer(claims.subject());
    return buyer.isPresent()
        ? new TokenVerdict.Valid(new Identity(buyer.get(), claims.admin()))
        : INVALID;
  }

  private static Optional<BuyerId> buyer(String subject) {
    try {
      return Optional.of(BuyerId.of(subject));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
