package dev.stampede.security;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Signatures of payment notifications (Standard Webhooks): {@code v1,} and base64 of HMAC-SHA256
 * over id, time and body. While secrets are rotated, one made with any of them is good.
 */
public final class PaymentSignatures {

  /** How far a notification's time may be from ours, either way. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";

  /** As the provider signs it, so no sign and no leading zero; twelve digits cannot overflow. */
  private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,11}");

  private final List<Webhook> webhooks;
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
   * @param secrets {@code whsec_} and base64 of 32 bytes or more, each; the first one signs
   * @param clock decides what is stale
   * @throws IllegalArgumentException where there is none, or one is not that
   */
  public PaymentSignatures(List<String> secrets, Clock clock) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("at least one secret payment is needed");
    }
    this.webhooks = secrets.stream().map(PaymentSignatures::webhook).toList();
    this.clock = clock;
  }

  private static Webhook webhook(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("the secret payment must start with " + PREFIX);
    }
    try {
      return new Webhook(Secrets.decode("payment", secret.substring(PREFIX.length())));
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException("a secret of 32 bytes is not empty", e);
    }
  }

  /**
   * Judges a notification by its headers.
   *
   * @param id {@code webhook-id}
   * @param timestamp {@code webhook-timestamp}, seconds since 1970
   * @param signatures {@code webhook-signature}, one or more separated by blanks
   * @param body what was sent, byte for byte
   */
  public Verdict verify(String id, String timestamp, String signatures, byte[] body) {
    if (!SECONDS.matcher(timestamp).matches()) {
      return Verdict.INVALID;
    }
    long seconds = Long.parseLong(timestamp);
    String text = new String(body, StandardCharsets.UTF_8);
    if (webhooks.stream().noneMatch(each -> holds(signatures, sign(each, id, seconds, text)))) {
      return Verdict.INVALID;
    }
    long apart = Math.abs(clock.instant().getEpochSecond() - seconds);
    return apart > TOLERANCE.toSeconds() ? Verdict.STALE : Verdict.VALID;
  }

  /** The signature of a notification sent at an instant, for those who play the provider. */
  public String sign(String id, Instant at, String body) {
    return sign(webhooks.getFirst(), id, at.getEpochSecond(), body);
  }

  private static String sign(Webhook webhook, String id, long seconds, String body) {
    try {
      return webhook.sign(id, seconds, body);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static boolean holds(String signatures, String expected) {
    byte[] wanted = expected.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (String each : signatures.split(" ", -1)) {
      found |= MessageDigest.isEqual(wanted, each.getBytes(StandardCharsets.UTF_8));
    }
    return found;
  }
}
