package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.Nulls;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.UnicodeText;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Reads bodies without forgiving anything, and writes what is too large or too rare to prepare. */
final class StrictJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.FAIL))
          .addModule(
              new SimpleModule()
                  .addDeserializer(String.class, new WholeText())
                  .addSerializer(Instant.class, new Milliseconds())
                  .addSerializer(SaleId.class, ToStringSerializer.instance))
          .build();

  /** How much of a name from outside is shown, in characters. */
  private static final int MAX_SHOWN = 60;

  private StrictJson() {}

  /**
   * What a body holds; refuses one that is not exactly the JSON of a {@code type}, in UTF-8.
   *
   * @param brokenText how it refuses a text with an unpaired surrogate
   */
  static <T> T read(byte[] body, Class<T> type, ProblemType brokenText) {
    String json =
        UnicodeText.ofUtf8(body)
            .orElseThrow(() -> malformed("The body is not UTF-8, or starts with a mark."));
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw malformed("The body must be a JSON object.");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw malformed("The property " + quoted(e.getPropertyName()) + " is unknown.");
    } catch (StreamReadException e) {
      throw malformed("The body is not JSON, or has a property twice.");
    } catch (BrokenText e) {
      throw new Refused(
          brokenText, "The property " + quoted(path(e)) + " has an unpaired surrogate.");
    } catch (DatabindException e) {
      throw malformed(place(e));
    }
  }

  private static String place(JacksonException e) {
    String path = path(e);
    return path.isEmpty()
        ? "The body does not hold what is expected here."
        : "The property " + quoted(path) + " is missing or of the wrong type.";
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  /** A name from outside, fit to be shown: in quotes, and not endless. */
  static String quoted(String name) {
    String first = UnicodeText.first(name, MAX_SHOWN);
    return '"' + first + (first.length() < name.length() ? "…" : "") + '"';
  }

  private static Refused malformed(String detail) {
    return new Refused(ProblemType.BODY_MALFORMED, detail);
  }

  /** A record, map or list in JSON. */
  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** A text that has no UTF-8 form: it would be kept as another one. */
  private static final class BrokenText extends DatabindException {

    private static final long serialVersionUID = 1L;

    BrokenText(JsonParser parser) {
      super(parser, "unpaired surrogate");
    }
  }

  /** Texts only, and only such as can be kept. */
  private static final class WholeText extends StdScalarDeserializer<String> {

    WholeText() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(getValueType(context), parser);
      }
      String text = parser.getString();
      if (!UnicodeText.isWellFormed(text)) {
        throw new BrokenText(parser);
      }
      return text;
    }
  }

  /** Instants as everywhere in this API: always with three digits of milliseconds. */
  private static final class Milliseconds extends StdSerializer<Instant> {

    Milliseconds() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
      json.writeRawValue(new String(new JsonBytes(32).time(value).toBytes(), US_ASCII));
    }
  }
}
