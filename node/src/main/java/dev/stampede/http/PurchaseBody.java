package dev.stampede.http;

import dev.stampede.sale.UnicodeText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the body of a purchase, {@code {"quantity":1}}, and takes nothing else for one. */
final class PurchaseBody {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String QUANTITY = "quantity";

  private PurchaseBody() {}

  /** The quantity asked for, 1 or more; refuses every other body. */
  static int quantity(byte[] body) {
    try (JsonParser parser = parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("The body must be a JSON object.");
      }
      int quantity = quantity(parser);
      if (parser.nextToken() != null) {
        throw malformed("There is something after the JSON object.");
      }
      return quantity;
    } catch (JacksonException e) {
      throw malformed("The body is not JSON.");
    }
  }

  /** Given bytes, Jackson guesses at UTF-16 and lets some malformed UTF-8 pass. */
  private static JsonParser parser(byte[] body) {
    return UnicodeText.isAscii(body)
        ? JSON.createParser(ObjectReadContext.empty(), body)
        : JSON.createParser(
            ObjectReadContext.empty(),
            UnicodeText.ofUtf8(body).orElseThrow(() -> malformed("The body is not UTF-8.")));
  }

  private static int quantity(JsonParser parser) {
    int quantity = 0;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (!name.equals(QUANTITY)) {
        throw malformed("The property " + StrictJson.quoted(name) + " is unknown.");
      }
      if (quantity != 0) {
        throw malformed("The property \"quantity\" is there twice.");
      }
      quantity = units(parser);
    }
    if (quantity == 0) {
      throw malformed("The property \"quantity\" is missing.");
    }
    return quantity;
  }

  private static int units(JsonParser parser) {
    JsonToken value = parser.nextToken();
    if (!value.isNumeric()) {
      throw malformed("The property \"quantity\" must be a number.");
    }
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 1) {
      throw new Refused(ProblemType.QUANTITY_INVALID);
    }
    return parser.getIntValue();
  }

  private static Refused malformed(String detail) {
    return new Refused(ProblemType.BODY_MALFORMED, detail);
  }
}
