package dev.stampede.security;

import dev.stampede.sale.UnicodeText;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads header and claims of a token: one JSON object in UTF-8, no name twice, and nothing behind
 * it. Whatever two readers could understand in two ways is refused.
 */
final class TokenJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private TokenJson() {}

  /**
   * What a part of a token says.
   *
   * @param reader starts after the first brace, and leaves the parser at the last one
   * @return empty if the part has another form, or the reader finds nothing
   */
  static <T> Optional<T> read(String base64Url, Function<JsonParser, Optional<T>> reader) {
    return Base64Url.decode(base64Url)
        .flatMap(TokenJson::parser)
        .flatMap(json -> all(json, reader));
  }

  private static <T> Optional<T> all(JsonParser json, Function<JsonParser, Optional<T>> reader) {
    try (json) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Optional<T> read = reader.apply(json);
      return json.nextToken() == null ? read : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** Given bytes, Jackson guesses at UTF-16 and lets some malformed UTF-8 pass. */
  private static Optional<JsonParser> parser(byte[] json) {
    return UnicodeText.isAscii(json)
        ? Optional.of(JSON.createParser(ObjectReadContext.empty(), json))
        : UnicodeText.ofUtf8(json).map(text -> JSON.createParser(ObjectReadContext.empty(), text));
  }

  /** The text that the parser has come to; anything else is none, and passed over. */
  static String textOrNone(JsonParser parser, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return "";
  }
}
