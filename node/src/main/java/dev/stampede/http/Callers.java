package dev.stampede.http;

import dev.stampede.security.Identity;
import dev.stampede.security.TokenVerdict;
import dev.stampede.security.Tokens;

/** Says who asks, by the header {@code Authorization}. Any thread may ask. */
final class Callers {

  private static final String BEARER = "Bearer ";

  private final Tokens tokens;

  Callers(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Who asks; refuses a request that does not say so. */
  Identity identify(Head head) {
    String authorization = head.authorization();
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Refused(ProblemType.TOKEN_MISSING);
    }
    return switch (tokens.verify(token(authorization))) {
      case TokenVerdict.Valid valid -> valid.identity();
      case TokenVerdict.Expired expired -> throw new Refused(ProblemType.TOKEN_EXPIRED);
      case TokenVerdict.Invalid invalid ->
          throw new Refused(ProblemType.TOKEN_INVALID, invalid.why());
    };
  }

  /** Blanks are all that may stand around it. */
  private static String token(String authorization) {
    int from = BEARER.length();
    int to = authorization.length();
    while (from < to && authorization.charAt(from) == ' ') {
      from++;
    }
    while (from < to && authorization.charAt(to - 1) == ' ') {
      to--;
    }
    return authorization.substring(from, to);
  }

  /** The admin who asks; refuses anybody else. */
  Identity identifyAdmin(Head head) {
    Identity identity = identify(head);
    if (!identity.admin()) {
      throw new Refused(ProblemType.ADMIN_ONLY);
    }
    return identity;
  }
}
