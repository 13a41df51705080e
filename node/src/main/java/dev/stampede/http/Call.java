package dev.stampede.http;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.sale.SaleId;
import dev.stampede.security.Identity;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request as handlers see it: what they ask for is there and of the right shape, or refused. */
final class Call {

  /** A cursor is an id of ours: none is longer. */
  private static final int MAX_CURSOR = 100;

  /** As many as fit into a line of a request. */
  private static final int MAX_SALES = 100;

  private final Context context;
  private final Head head;
  private final Optional<Identity> caller;

  Call(Context context, Head head, Optional<Identity> caller) {
    this.context = context;
    this.head = head;
    this.caller = caller;
  }

  /** Who asks. For routes that need a token only. */
  Identity caller() {
    return caller.orElseThrow(() -> new IllegalStateException("the route lets anybody in"));
  }

  BuyerId buyer() {
    return caller().buyer();
  }

  /** A part of the path, by its name in the route. */
  String part(String name) {
    return context.pathParam(name);
  }

  /** The order in the path; refuses what is no order id. */
  OrderId order() {
    return OrderId.parse(part("order")).orElseThrow(() -> new Refused(ProblemType.UNKNOWN_ORDER));
  }

  String idempotencyKey() {
    return IdempotencyKeys.parse(head.idempotencyKey());
  }

  @Nullable String header(String name) {
    return context.header(name);
  }

  /** A header field that is a list: all its lines in one; empty if it is not there. */
  String list(String name, String separator) {
    return head.list(name, separator);
  }

  /** A query parameter; refuses one that is there twice, of which nobody can say which is meant. */
  private @Nullable String parameter(String name) {
    if (context.queryParams(name).size() > 1) {
      throw new Refused(ProblemType.PARAMETER_INVALID, name + " may be there once only.");
    }
    return context.queryParam(name);
  }

  /** The values of all lines of a header, in their order. */
  List<String> headers(String name) {
    return Collections.list(context.req().getHeaders(name));
  }

  /** The query parameter {@code limit}, from 1 to {@code most}. */
  int limit(int usual, int most) {
    String text = parameter("limit");
    if (text == null) {
      return usual;
    }
    if (!text.matches("[0-9]{1,6}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > most) {
      throw new Refused(
          ProblemType.PARAMETER_INVALID, "limit must be a number from 1 to " + most + ".");
    }
    return Integer.parseInt(text);
  }

  /** A query parameter that is a number from 0 to {@code most}; empty where it is not given. */
  OptionalLong number(String name, long most) {
    String text = parameter(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    OptionalLong number = parse(text, most);
    if (number.isEmpty()) {
      throw new Refused(
          ProblemType.PARAMETER_INVALID, name + " must be a number from 0 to " + most + ".");
    }
    return number;
  }

  /** A number from 0 to {@code most}; empty for any other text. */
  static OptionalLong parse(String text, long most) {
    if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** The query parameter {@code after}, as it was given out. */
  Optional<String> after() {
    String text = parameter("after");
    if (text != null && (text.isEmpty() || text.length() > MAX_CURSOR)) {
      throw badCursor();
    }
    return Optional.ofNullable(text);
  }

  /** The query parameter {@code sale}, where somebody wants to hear of one only. */
  Optional<SaleId> sale() {
    String text = parameter("sale");
    if (text != null && !SaleId.isValid(text)) {
      throw new Refused(ProblemType.PARAMETER_INVALID, "sale must be the id of a sale.");
    }
    return Optional.ofNullable(text).map(SaleId::new);
  }

  /** The query parameter {@code sale} as the ids of some sales; empty where it is not given. */
  List<String> sales() {
    String text = context.queryParam("sale");
    List<String> sales = text == null ? List.of() : List.of(text.split(",", -1));
    if (sales.size() > MAX_SALES || !sales.stream().allMatch(SaleId::isValid)) {
      throw new Refused(
          ProblemType.PARAMETER_INVALID,
          "sale must be the ids of at most " + MAX_SALES + " sales, separated by commas.");
    }
    return sales;
  }

  static Refused badCursor() {
    return new Refused(ProblemType.PARAMETER_INVALID, "after must be a cursor from next.");
  }

  /** The body as JSON of a type. */
  <T> T json(Class<T> type) {
    return json(type, ProblemType.BODY_MALFORMED);
  }

  /** The same; a text with an unpaired surrogate is refused as {@code brokenText}. */
  <T> T json(Class<T> type, ProblemType brokenText) {
    head.requireJson();
    return StrictJson.read(body(), type, brokenText);
  }

  /** The same, of a body that was read already. */
  <T> T json(byte[] body, Class<T> type) {
    head.requireJson();
    return StrictJson.read(body, type, ProblemType.BODY_MALFORMED);
  }

  /** The body, byte for byte; refuses one that is too long without reading it all. */
  byte[] body() {
    try (InputStream in = context.bodyInputStream()) {
      byte[] bytes = in.readNBytes(Exchange.MAX_BODY + 1);
      if (bytes.length > Exchange.MAX_BODY) {
        throw new Refused(ProblemType.BODY_TOO_LARGE);
      }
      return bytes;
    } catch (IOException e) {
      throw new Refused(
          e.getCause() instanceof TimeoutException
              ? ProblemType.REQUEST_TIMEOUT
              : ProblemType.REQUEST_MALFORMED);
    }
  }
}
