package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.Nulls;
import dev.stampede.sale.SaleId;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

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
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new Milliseconds())
                  .addSerializer(SaleId.class, ToStringSerializer.instance))
          .build();

  private StrictJson() {}

  /** What a body holds; refuses one that is not exactly the JSON of a {@code type}. */
  static <T> T read(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw malformed("The body must be a JSON object.");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw malformed("The property " + quoted(e.getPropertyName()) + " is unknown.");
    } catch (StreamReadException e) {
      throw malformed("The body is not JSON, or has a property twice.");
    } catch (DatabindException e) {
      throw malformed(place(e));
    }
  }

  private static String place(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty()
        ? "The body does not hold what is expected here."
        : "The property " + quoted(path.toString()) + " is missing or of the wrong type.";
  }

  /** A name from outside, fit to be shown: in quotes, and not endless. */
  static String quoted(String name) {
    return '"' + (name.length() <= 60 ? name : name.substring(0, 60) + "…") + '"';
  }

  private static Refused malformed(String detail) {
    return new Refused(ProblemType.BODY_MALFORMED, detail);
  }

  /** A record, map or list in JSON. */
  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
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
