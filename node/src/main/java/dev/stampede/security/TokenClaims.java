package dev.stampede.security;

import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The claims of a token that decide anything, from the top level only. Others are passed over.
 *
 * @param issuer {@code iss}, or empty
 * @param subject {@code sub}, or empty
 * @param forAudience whether {@code aud} names the audience that was asked for
 * @param expiresAt {@code exp}, seconds since 1970, {@link #MALFORMED} if it is no time; 0 where
 *     there is none, so that it has expired
 * @param notBefore {@code nbf}, likewise; 0 where there is none
 * @param admin whether {@code roles} holds {@code admin}
 */
record TokenClaims(
    String issuer,
    String subject,
    boolean forAudience,
    long expiresAt,
    long notBefore,
    boolean admin) {

  /** In place of a time that is no number, or out of range. */
  static final long MALFORMED = -1;

  /** The first second of the year 10000: a later time was given in milliseconds, or is a trick. */
  private static final long END = 253_402_300_800L;

  /**
   * The claims in the middle part of a token, or empty where it holds none.
   *
   * @param audience whom the token must be for
   */
  static Optional<TokenClaims> parse(String base64Url, String audience) {
    return TokenJson.read(base64Url, parser -> Optional.of(read(parser, audience)));
  }

  private static TokenClaims read(JsonParser parser, String audience) {
    String issuer = "";
    String subject = "";
    boolean forAudience = false;
    long expiresAt = 0;
    long notBefore = 0;
    boolean admin = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "iss" -> issuer = TokenJson.textOrNone(parser, value);
        case "sub" -> subject = TokenJson.textOrNone(parser, value);
        case "aud" ->
            forAudience =
                value == JsonToken.VALUE_STRING
                    ? parser.getString().equals(audience)
                    : holds(parser, audience);
        case "exp" -> expiresAt = seconds(parser, value);
        case "nbf" -> notBefore = seconds(parser, value);
        case Tokens.ROLES -> admin = holds(parser, Tokens.ADMIN);
        default -> parser.skipChildren();
      }
    }
    return new TokenClaims(issuer, subject, forAudience, expiresAt, notBefore, admin);
  }

  /** A number of seconds (NumericDate). Parts of a second count as a whole one in {@code nbf}. */
  private static long seconds(JsonParser parser, JsonToken value) {
    if (value == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return inRange(parser.getLongValue());
    }
    if (value == JsonToken.VALUE_NUMBER_FLOAT) {
      return inRange((long) Math.ceil(parser.getDoubleValue()));
    }
    parser.skipChildren();
    return MALFORMED;
  }

  private static long inRange(long seconds) {
    return seconds >= 0 && seconds < END ? seconds : MALFORMED;
  }

  /** Whether the parser has come to an array that holds this text, itself and not deeper. */
  private static boolean holds(JsonParser parser, String wanted) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return false;
    }
    boolean holds = false;
    for (JsonToken each = parser.nextToken();
        each != JsonToken.END_ARRAY;
        each = parser.nextToken()) {
      holds |= each == JsonToken.VALUE_STRING && parser.getString().equals(wanted);
      parser.skipChildren();
    }
    return holds;
  }
}
