package dev.stampede.load.http;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request, without its target, so that it can be sent again to another.
 *
 * @param path path and query, beginning with a slash
 * @param body the JSON body; null for a GET
 */
public record Call(String path, List<Header> headers, @Nullable String body) {
  public static Call get(String path, Header... headers) {
    return new Call(path, List.of(headers), null);
  }

  public static Call post(String path, String json, Header... headers) {
    return new Call(path, List.of(headers), json);
  }

  /** The same with one more header. */
  public Call with(Header header) {
    List<Header> more = Stream.concat(headers.stream(), Stream.of(header)).toList();
    return new Call(path, more, body);
  }

  public String method() {
    return body == null ? "GET" : "POST";
  }
}
