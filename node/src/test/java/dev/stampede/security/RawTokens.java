package dev.stampede.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs whatever it is given, also what no library would sign. */
final class RawTokens {

  static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final byte[] key;

  RawTokens(byte[] key) {
    this.key = key.clone();
  }

  /** A token with these claims and the usual header. */
  String token(String claims) {
    return token(HEADER, claims);
  }

  String token(String header, String claims) {
    return token(header.getBytes(UTF_8), claims.getBytes(UTF_8));
  }

  String token(byte[] header, byte[] claims) {
    return signed(BASE64.encodeToString(header) + "." + BASE64.encodeToString(claims));
  }

  /** Signs a text that should be header and claims. */
  String signed(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
