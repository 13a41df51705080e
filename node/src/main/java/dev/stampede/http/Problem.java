package dev.stampede.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A refusal, before it is known in answer to whom.
 *
 * @param type which of all
 * @param detail what is wrong this time, for people; never a secret, never a stack trace
 * @param headers what goes with it, such as {@code Retry-After} and {@code Allow}
 * @param startsAt when the sale opens, where that is the reason
 */
record Problem(ProblemType type, String detail, List<HttpField> headers, Optional<Instant> startsAt)
    implements Reply {

  private static final HttpField BEARER =
      Answer.fixed(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"stampede\"");

  /** A problem with the headers that its type asks for. */
  static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, typical(type), Optional.empty());
  }

  /** A problem about which there is no more to say than its type says. */
  static Problem of(ProblemType type) {
    return of(type, type.advice());
  }

  static HttpField allow(String methods) {
    return new HttpField(HttpHeader.ALLOW, methods);
  }

  /** The refusal of a method where others are allowed. */
  static Problem methodNotAllowed(String allow) {
    return new Problem(
        ProblemType.METHOD_NOT_ALLOWED,
        "This path answers to " + allow + ".",
        List.of(allow(allow)),
        Optional.empty());
  }

  /**
   * The refusal of a purchase before the sale opens.
   *
   * @param now milliseconds since 1970
   */
  static Problem notOpen(Instant opensAt, long now) {
    int seconds = Math.clamp((opensAt.toEpochMilli() - now + 999) / 1000, 1, 86_400);
    return new Problem(
        ProblemType.SALE_NOT_OPEN,
        "It opens at " + opensAt + ".",
        List.of(retryAfter(seconds, 2)),
        Optional.of(opensAt));
  }

  /** The same with one more header. */
  Problem with(HttpField header) {
    List<HttpField> all = new ArrayList<>(headers);
    all.add(header);
    return new Problem(type, detail, all, startsAt);
  }

  private static List<HttpField> typical(ProblemType type) {
    if (type.retrySeconds() > 0) {
      return List.of(retryAfter(type.retrySeconds(), type.retrySeconds() + 1));
    }
    return switch (type) {
      case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED -> List.of(BEARER);
      default -> List.of();
    };
  }

  /** Spread at random, or all who were refused together would come back together. */
  private static HttpField retryAfter(int seconds, int spread) {
    int after = seconds + ThreadLocalRandom.current().nextInt(spread + 1);
    return new HttpField(HttpHeader.RETRY_AFTER, Integer.toString(after));
  }

  @Override
  public int status() {
    return type.status();
  }

  /** The way out of a handler for a request that it cannot go on with. */
  Refused refused() {
    return new Refused(this);
  }
}
