package dev.stampede.security;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The claims of a token that decide anything. Others are passed over.
 *
 * @param issuer {@code iss}, or empty
 * @param subject {@code sub}, or empty
 * @param expiresAt {@code exp}, seconds since 1970; 0 where there is none, so that it has expired
 * @param admin whether {@code roles} holds {@code admin}
 */
record TokenClaims(String issuer, String subject, long expiresAt, boolean admin) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The claims in the middle part of a token, or empty where it holds none. */
  static Optional<TokenClaims> parse(String base64Url) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(base64Url);
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
        return parser.nextToken() == JsonToken.START_OBJECT
            ? Optional.of(read(parser))
            : Optional.empty();
      }
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static TokenClaims read(JsonParser parser) {
    String issuer = "";
    String subject = "";
    long expiresAt = 0;
    boolean admin = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "iss" -> issuer = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "sub" -> subject = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "exp" -> expiresAt = value.isNumeric() ? parser.getValueAsLong() : 0;
        case Tokens.ROLES -> admin = holdsAdmin(parser);
        default -> parser.skipChildren();
      }
    }
    return new TokenClaims(issuer, subject, expiresAt, admin);
  }

  private static boolean holdsAdmin(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return false;
    }
    boolean holds = false;
    for (JsonToken role = parser.nextToken();
        role != JsonToken.END_ARRAY;
        role = parser.nextToken()) {
      holds |= role == JsonToken.VALUE_STRING && parser.getString().equals(Tokens.ADMIN);
      parser.skipChildren();
    }
    return holds;
  }
}
