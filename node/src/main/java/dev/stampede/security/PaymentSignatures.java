package dev.stampede.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of payment notifications (Standard Webhooks): {@code v1,} and base64 of HMAC-SHA256
 * over id, time and body, each as it was received, byte for byte. While secrets are rotated, one
 * made with any of them is good. Any thread may ask.
 */
public final class PaymentSignatures {

  /** How far a notification's time may be from ours, either way. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** The fewest bytes of a secret, and the most, by the standard. */
  private static final int MIN_BYTES = 24;

  private static final int MAX_BYTES = 64;

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";

  /** Base64 of 32 bytes. Signatures of other versions stand beside it and are passed over. */
  private static final Pattern SIGNATURE =
      Pattern.compile("(?<![^\\s,])v1,[A-Za-z0-9+/]{43}=(?![^\\s,])");

  /** As the provider signs it, so no sign and no leading zero; twelve digits cannot overflow. */
  private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,11}");

  private final List<SecretKeySpec> keys;
  private final Clock clock;

  /** What a notification's signature turned out to be. */
  public enum Verdict {
    /** Made with one of the secrets, and recent. */
    VALID,
    /** Made with one of the secrets, but more than {@link #TOLERANCE} ago or ahead. */
    STALE,
    /** Anything else. */
    INVALID
  }

  /**
   * Signatures under some secrets.
   *
   * @param secrets {@code whsec_} and base64 of 24 to 64 bytes, each; the first one signs
   * @param clock decides what is stale
   * @throws IllegalArgumentException where there is none, or one is not that
   */
  public PaymentSignatures(List<String> secrets, Clock clock) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("at least one secret payment is needed");
    }
    this.keys = secrets.stream().map(PaymentSignatures::key).toList();
    this.clock = clock;
  }

  private static SecretKeySpec key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("the secret payment must start with " + PREFIX);
    }
    String base64 = secret.substring(PREFIX.length());
    return new SecretKeySpec(Secrets.decode("payment", base64, MIN_BYTES, MAX_BYTES), ALGORITHM);
  }

  /**
   * Judges a notification by its headers.
   *
   * @param id {@code webhook-id}
   * @param timestamp {@code webhook-timestamp}, seconds since 1970
   * @param signatures the values of all lines of {@code webhook-signature}; each is a list,
   *     separated by blanks, or by commas where something in between has joined lines
   * @param body what was sent, byte for byte
   */
  public Verdict verify(String id, String timestamp, List<String> signatures, byte[] body) {
    if (!SECONDS.matcher(timestamp).matches() || !isSigned(id, timestamp, signatures, body)) {
      return Verdict.INVALID;
    }
    long apart = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
    return apart > TOLERANCE.toSeconds() ? Verdict.STALE : Verdict.VALID;
  }

  private boolean isSigned(String id, String timestamp, List<String> signatures, byte[] body) {
    List<byte[]> expected =
        keys.stream().map(key -> sign(key, id, timestamp, body).getBytes(UTF_8)).toList();
    boolean found = false;
    for (String line : signatures) {
      for (Matcher each = SIGNATURE.matcher(line); each.find(); ) {
        byte[] given = each.group().getBytes(UTF_8);
        for (byte[] one : expected) {
          found |= MessageDigest.isEqual(one, given);
        }
      }
    }
    return found;
  }

  /** The signature of a notification sent at an instant, for those who play the provider. */
  public String sign(String id, Instant at, String body) {
    return sign(keys.getFirst(), id, Long.toString(at.getEpochSecond()), body.getBytes(UTF_8));
  }

  private static String sign(SecretKeySpec key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
