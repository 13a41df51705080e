package dev.stampede.load.buyer;

import dev.stampede.load.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Signs payment notifications as Standard Webhooks asks for. For one thread at a time. */
public final class WebhookSigner {
  private static final String PREFIX = "whsec_";

  private final HmacSha256 hmac;

  /**
   * @param secret {@code whsec_} and Base64; of several, separated by commas, the first one signs
   * @throws IllegalArgumentException if it is not
   */
  public WebhookSigner(String secret) {
    String first = secret.split(",", 2)[0].strip();
    if (!first.startsWith(PREFIX)) {
      throw new IllegalArgumentException("no " + PREFIX + " in front");
    }
    this.hmac = new HmacSha256(Base64Text.decode(first.substring(PREFIX.length())));
  }

  /** The three headers of a notification sent at that time. */
  Header[] headers(String id, long epochSecond, String body) {
    String signed = id + "." + epochSecond + "." + body;
    byte[] signature = hmac.sign(signed.getBytes(StandardCharsets.UTF_8));
    return new Header[] {
      new Header("webhook-id", id),
      new Header("webhook-timestamp", Long.toString(epochSecond)),
      new Header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature))
    };
  }
}
