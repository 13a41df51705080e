package dev.stampede.load.buyer;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The answers' JSON. Safe for any thread. */
public final class Json {
  // What a server may add is left alone; what it must send, the records below ask for.
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** An order as the API shows it; what is not needed here is left out. */
  public record Order(
      String id,
      String sale,
      int quantity,
      String state,
      Instant createdAt,
      @Nullable Instant heldUntil) {
    public Order {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(createdAt, "createdAt");
    }
  }

  /**
   * The answer to a payment notification, as far as it decides anything.
   *
   * @param reason why the payment is sent back; null if it is not
   */
  public record Payment(String outcome, @Nullable String reason) {
    public Payment {
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /**
   * Reads an answer of that type.
   *
   * @throws JacksonException if it is no such JSON
   */
  public static <T> T read(String body, Class<T> type) {
    return MAPPER.readValue(body, type);
  }

  /**
   * Reads any JSON.
   *
   * @throws JacksonException if it is none
   */
  public static JsonNode tree(String json) {
    return MAPPER.readTree(json);
  }

  /** A text as JSON writes it, quotes included. */
  static String quoted(String text) {
    return MAPPER.writeValueAsString(text);
  }

  /** The {@code code} of a problem; empty if it has none. */
  static String problemCode(String body) {
    try {
      return tree(body).path("code").asString("");
    } catch (JacksonException _) {
      return "";
    }
  }
}
