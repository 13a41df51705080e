package dev.stampede.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stampede.order.BuyerId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Signed tokens (JWT, HS256): issues and verifies them.
 *
 * <p>Every purchase verifies one, so this reads them itself: the general way costs several times
 * the signature, and lets pass what it does not understand. A token is good only in the one form
 * that {@link Base64Url} and {@link TokenJson} take. A header that a genuine token had is not read
 * again: all tokens of one issuer have the same.
 */
public final class Tokens {

  static final String ISSUER = "stampede";
  static final String ROLES = "roles";
  static final String ADMIN = "admin";

  /** The longest token that is looked at, in characters. */
  static final int MAX_LENGTH = 4_096;

  /**
   * How early a token may come before its {@code nbf}, in seconds: the issuer's clock may be ahead
   * of ours. {@code exp} needs no such allowance and has none.
   */
  static final long LEEWAY_SECONDS = 2;

  private static final TokenVerdict EXPIRED = new TokenVerdict.Expired();
  private static final TokenVerdict MALFORMED =
      invalid(
          "It is not a token of three parts in base64url without padding, or has more than "
              + MAX_LENGTH
              + " characters.");
  private static final TokenVerdict HEADER =
      invalid("Its header must be a JSON object with alg HS256, and without crit and b64.");
  private static final TokenVerdict SIGNATURE =
      invalid("Its signature was not made with the secret of this shop.");
  private static final TokenVerdict CLAIMS =
      invalid("Its claims must be one JSON object in UTF-8 that has no name twice.");
  private static final TokenVerdict OTHER_ISSUER = invalid("Its claim iss must be " + ISSUER + ".");
  private static final TokenVerdict OTHER_AUDIENCE =
      invalid("Its claim aud does not name this shop (security.audience).");
  private static final TokenVerdict NO_TIME =
      invalid("Its claims exp and nbf must be seconds since 1970, up to the year 9999.");
  private static final TokenVerdict TOO_EARLY =
      invalid("It is not valid yet: its claim nbf is in the future.");

  private final JWSSigner signer;
  private final HmacSha256 mac;
  private final String audience;
  private final Clock clock;
  private volatile String knownHeader;

  /**
   * Tokens under a secret, whoever they are for.
   *
   * @param secret base64 of 32 bytes or more
   * @param clock decides what is in force
   * @throws IllegalArgumentException where the secret is not that
   */
  public Tokens(String secret, Clock clock) {
    this(secret, "", clock);
  }

  /**
   * Tokens under a secret.
   *
   * @param secret base64 of 32 bytes or more
   * @param audience whom {@code aud} must name; empty: it is not looked at
   * @param clock decides what is in force
   * @throws IllegalArgumentException where the secret is not that
   */
  public Tokens(String secret, String audience, Clock clock) {
    byte[] key = Secrets.decode("jwt", secret);
    try {
      signer = new MACSigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException("every key of 32 bytes does for HS256", e);
    }
    this.mac = new HmacSha256(key);
    this.audience = audience;
    this.clock = clock;
    knownHeader = header().toBase64URL().toString();
  }

  private static TokenVerdict invalid(String why) {
    return new TokenVerdict.Invalid(why);
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
    if (!audience.isEmpty()) {
      claims.audience(audience);
    }
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
      return MALFORMED;
    }
    Optional<byte[]> signature = Base64Url.decode(token.substring(second + 1));
    if (signature.isEmpty()) {
      return MALFORMED;
    }
    String header = token.substring(0, first);
    if (!header.equals(knownHeader) && !TokenHeader.isAcceptable(header)) {
      return HEADER;
    }
    if (!MessageDigest.isEqual(signature.get(), sign(token.substring(0, second)))) {
      return SIGNATURE;
    }
    knownHeader = header;
    return TokenClaims.parse(token.substring(first + 1, second), audience)
        .map(this::judge)
        .orElse(CLAIMS);
  }

  /** Whatever is not ASCII becomes a question mark, which no part of a token can hold. */
  private byte[] sign(String headerAndClaims) {
    return mac.of(headerAndClaims.getBytes(StandardCharsets.ISO_8859_1));
  }

  private TokenVerdict judge(TokenClaims claims) {
    if (!claims.issuer().equals(ISSUER)) {
      return OTHER_ISSUER;
    }
    if (!audience.isEmpty() && !claims.forAudience()) {
      return OTHER_AUDIENCE;
    }
    if (claims.expiresAt() == TokenClaims.MALFORMED
        || claims.notBefore() == TokenClaims.MALFORMED) {
      return NO_TIME;
    }
    long now = clock.instant().getEpochSecond();
    if (claims.expiresAt() <= now) {
      return EXPIRED;
    }
    return claims.notBefore() - LEEWAY_SECONDS > now ? TOO_EARLY : speakingFor(claims);
  }

  private static TokenVerdict speakingFor(TokenClaims claims) {
    try {
      BuyerId buyer = BuyerId.of(claims.subject());
      return new TokenVerdict.Valid(new Identity(buyer, claims.admin()));
    } catch (IllegalArgumentException e) {
      return invalid("Its claim sub cannot be used: " + e.getMessage() + ".");
    }
  }
}
