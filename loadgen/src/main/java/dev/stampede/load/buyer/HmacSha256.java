package dev.stampede.load.buyer;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key. For one thread at a time. */
final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  HmacSha256(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  byte[] sign(byte[] message) {
    return mac.doFinal(message);
  }
}
