package dev.stampede.load.buyer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Signs the tokens of buyers and of the admin (HS256). For one thread at a time. */
public final class JwtSigner {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final HmacSha256 hmac;
  private final String times;

  /**
   * @param audience whom every token is for; empty: it does not say
   * @param now the instant of issue of every token
   * @param lifetime how long each is valid
   */
  public JwtSigner(byte[] secret, String audience, Instant now, Duration lifetime) {
    this.hmac = new HmacSha256(secret);
    String forWhom = audience.isEmpty() ? "" : ",\"aud\":" + Json.quoted(audience);
    this.times =
        "\",\"iat\":%d,\"exp\":%d"
                .formatted(now.getEpochSecond(), now.plus(lifetime).getEpochSecond())
            + forWhom;
  }

  public String buyer(String id) {
    return token(id, "");
  }

  public String admin(String id) {
    return token(id, ",\"roles\":[\"admin\"]");
  }

  private String token(String subject, String more) {
    // Joined by hand: formatting costs more than signing, and this runs for every buyer.
    String claims = "{\"iss\":\"stampede\",\"sub\":\"" + subject + times + more + "}";
    String signed = HEADER + "." + encode(claims);
    byte[] signature = hmac.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64.encodeToString(signature);
  }

  private static String encode(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
