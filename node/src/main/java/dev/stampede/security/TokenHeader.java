package dev.stampede.security;

import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The first part of a token (RFC 7515, section 4). Only one algorithm is known here. */
final class TokenHeader {

  private static final String ALGORITHM = "HS256";

  private TokenHeader() {}

  /**
   * Whether a header asks for nothing but HS256. Extensions that change what a signature means
   * ({@code crit}, {@code b64}) are refused in any form; what else it says is passed over.
   */
  static boolean isAcceptable(String base64Url) {
    return TokenJson.read(base64Url, TokenHeader::read).orElse(false);
  }

  private static Optional<Boolean> read(JsonParser parser) {
    String algorithm = "";
    boolean acceptable = true;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "alg" -> algorithm = TokenJson.textOrNone(parser, value);
        case "typ" -> acceptable &= !TokenJson.textOrNone(parser, value).isEmpty();
        case "crit", "b64" -> {
          acceptable = false;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
    return Optional.of(acceptable && algorithm.equals(ALGORITHM));
  }
}
