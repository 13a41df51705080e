package dev.stampede.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * A reply, ready to be sent.
 *
 * @param status its status
 * @param headers all headers but Content-Length
 * @param body its bytes, shared and never changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody
record Answer(int status, List<HttpField> headers, byte[] body) implements Reply {

  static final HttpField JSON = fixed(HttpHeader.CONTENT_TYPE, "application/json");
  static final HttpField PROBLEM_JSON = fixed(HttpHeader.CONTENT_TYPE, "application/problem+json");

  /** Nobody but the asker may keep it, and he need not. */
  static final HttpField NO_STORE = fixed(HttpHeader.CACHE_CONTROL, "no-store");

  static final HttpField REPLAYED = new PreEncodedHttpField("Idempotent-Replayed", "true");

  /** Says that a wish to wait was heard (RFC 7240). */
  static final HttpField WAITED = new PreEncodedHttpField("Preference-Applied", "wait");

  private static final byte[] NOTHING = {};

  static HttpField fixed(HttpHeader name, String value) {
    return new PreEncodedHttpField(name, value);
  }

  /** An answer in JSON that must not be kept. */
  static Answer json(int status, byte[] body) {
    return new Answer(status, List.of(JSON, NO_STORE), body);
  }

  /** An answer without a body. */
  static Answer empty(int status, HttpField... headers) {
    return new Answer(status, List.of(headers), NOTHING);
  }

  /** An answer of another kind of text. */
  static Answer text(HttpField contentType, String body) {
    return new Answer(200, List.of(contentType, NO_STORE), body.getBytes(StandardCharsets.UTF_8));
  }
}
