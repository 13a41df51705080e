package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.routing.Role;
import dev.stampede.routing.RouteTable;
import dev.stampede.routing.RoutedNode;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Where an edge should send whom. Edges ask every second, so what does not change is neither
 * written nor sent again.
 *
 * <p>For anybody, like {@code /metrics}: an edge with a token of an admin, which could close sales,
 * would be the worse leak. Who keeps buyers from the nodes keeps them from these addresses too.
 */
final class RoutesEndpoint {

  private static final HttpField PLAIN =
      Answer.fixed(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
  private static final HttpField ASK_AGAIN = Answer.fixed(HttpHeader.CACHE_CONTROL, "no-cache");

  private final Supplier<RouteTable> tables;
  private final Written json = new Written(Answer.JSON, RoutesEndpoint::json);
  private final Written nginx =
      new Written(PLAIN, table -> NginxRoutes.of(table).getBytes(US_ASCII));

  RoutesEndpoint(Supplier<RouteTable> tables) {
    this.tables = tables;
  }

  Reply table(Call call) {
    return answer(call, json);
  }

  Reply nginx(Call call) {
    return answer(call, nginx);
  }

  private Reply answer(Call call, Written written) {
    RouteTable table = tables.get();
    if (table.isEmpty()) {
      // An edge that believed it would have nowhere to send buyers: it keeps what it has.
      return Problem.of(ProblemType.NOT_READY, "This node knows of none that takes requests.");
    }
    EntityTag tag = new EntityTag(table.version());
    return tag.isKnown(call) ? Answer.empty(304, tag.field(), ASK_AGAIN) : written.of(table, tag);
  }

  private static byte[] json(RouteTable table) {
    JsonBytes json = new JsonBytes(256 + 128 * (table.nodes().size() + table.routes().size()));
    json.raw("{\"version\":").string(table.version());
    nodes(json.raw(",\"standard\":"), table.with(Role.STANDARD));
    nodes(json.raw(",\"dedicated\":"), table.with(Role.DEDICATED));
    json.raw(",\"sales\":[");
    String comma = "";
    for (RouteTable.Route route : table.routes()) {
      json.raw(comma).raw("{\"sale\":").string(route.sale().value()).raw(",\"nodes\":[");
      String next = "";
      for (RoutedNode node : route.nodes()) {
        json.raw(next).string(node.url());
        next = ",";
      }
      json.raw("]}");
      comma = ",";
    }
    return json.raw("],\"unlisted\":").number(table.unlisted()).raw("}").toBytes();
  }

  private static void nodes(JsonBytes json, List<RoutedNode> nodes) {
    String comma = "[";
    for (RoutedNode node : nodes) {
      json.raw(comma).raw("{\"name\":").string(node.name());
      json.raw(",\"url\":").string(node.url()).raw("}");
      comma = ",";
    }
    json.raw(nodes.isEmpty() ? "[]" : "]");
  }

  /** One form of the table, written once for each version. Any thread may ask. */
  private static final class Written {

    private record Kept(String version, Answer answer) {}

    private final HttpField contentType;
    private final Function<RouteTable, byte[]> form;
    private volatile Kept kept = new Kept("", Answer.empty(200));

    Written(HttpField contentType, Function<RouteTable, byte[]> form) {
      this.contentType = contentType;
      this.form = form;
    }

    Answer of(RouteTable table, EntityTag tag) {
      Kept now = kept;
      if (!now.version().equals(table.version())) {
        List<HttpField> headers = List.of(contentType, tag.field(), ASK_AGAIN);
        now = new Kept(table.version(), new Answer(200, headers, form.apply(table)));
        kept = now;
      }
      return now.answer();
    }
  }
}
