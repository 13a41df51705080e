package dev.stampede.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the front needs to know of a request before its body, gathered in one pass over the headers.
 * Belongs to one request, and to one thread at a time.
 */
final class Head {

  /** Under this name it is kept with the request, for whoever answers it. */
  static final String ATTRIBUTE = Head.class.getName();

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** What else may be there once only; read where it is needed. */
  private static final List<String> RARE_SINGLETONS =
      List.of("webhook-id", "webhook-timestamp", "Last-Event-ID");

  private final String method;
  private final String path;
  private final HttpFields headers;
  private @Nullable String authorization;
  private @Nullable String idempotencyKey;
  private @Nullable String contentType;
  private @Nullable Duration preferredWait;
  private @Nullable String traceparent;
  private int rareSeen;
  private @Nullable String repeated;
  private boolean overridden;
  private boolean encoded;
  private @Nullable Trace trace;

  Head(String method, String path, HttpFields headers) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    for (HttpField field : headers) {
      take(field);
    }
  }

  /** The one that is kept with a request, or a new one where none is yet. */
  static Head of(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof Head head ? head : read(request);
  }

  /** Reads that of a request. The path is as the client sent it, without the query. */
  static Head read(Request request) {
    String path = request.getHttpURI().getPath();
    return new Head(request.getMethod(), path == null ? "/" : path, request.getHeaders());
  }

  private void take(HttpField field) {
    HttpHeader name = field.getHeader();
    if (name == null) {
      takeOther(field);
      return;
    }
    switch (name) {
      case AUTHORIZATION -> authorization = once(authorization != null, field);
      case CONTENT_TYPE -> contentType = once(contentType != null, field);
      case TRANSFER_ENCODING -> encoded = true;
      default -> {}
    }
  }

  private void takeOther(HttpField field) {
    if (field.is(IDEMPOTENCY_KEY)) {
      idempotencyKey = once(idempotencyKey != null, field);
    } else if (field.is("traceparent")) {
      traceparent = traceparent == null ? value(field) : ""; // of two, neither can be continued
    } else if (field.is("X-HTTP-Method-Override")) {
      overridden = true;
    } else {
      takeRareOne(field);
    }
  }

  private void takeRareOne(HttpField field) {
    for (int i = 0; i < RARE_SINGLETONS.size(); i++) {
      if (field.is(RARE_SINGLETONS.get(i))) {
        String _ = once((rareSeen & (1 << i)) != 0, field);
        rareSeen |= 1 << i;
      }
    }
  }

  /** A header that must be there once and is there twice: nobody can say which one is meant. */
  private String once(boolean before, HttpField field) {
    if (before) {
      repeated = field.getName();
    }
    return value(field);
  }

  /** Empty where the line has a name only. */
  private static String value(HttpField field) {
    String value = field.getValue();
    return value == null ? "" : value;
  }

  /** A header that is a list: all its lines in one, as RFC 9110 has it; empty if there is none. */
  String list(String name, String separator) {
    String first = null;
    StringBuilder all = null;
    for (HttpField field : headers) {
      if (field.is(name)) {
        if (first == null) {
          first = value(field);
        } else {
          all = all == null ? new StringBuilder(first) : all;
          all.append(separator).append(value(field));
        }
      }
    }
    if (all != null) {
      return all.toString();
    }
    return first == null ? "" : first;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  @Nullable String authorization() {
    return authorization;
  }

  @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /**
   * Whether a body follows.
   *
   * @param length of the body in bytes; less than 0 where none is given
   */
  boolean hasBody(long length) {
    return encoded || length > 0;
  }

  /** How long the client wants to wait for durability; 0 where it does not. */
  Duration preferredWait() {
    Duration known = preferredWait;
    if (known == null) {
      String prefer = list("Prefer", ",");
      known = prefer.isEmpty() ? Duration.ZERO : Preference.waitIn(prefer);
      preferredWait = known;
    }
    return known;
  }

  /**
   * Refuses a request that two readers may take for two different ones: Javalin would obey an
   * overridden method, past an edge that lets only some methods through.
   */
  void requireUnambiguous() {
    if (!isPlain(path)) {
      throw new Refused(
          ProblemType.REQUEST_MALFORMED,
          "A path of this API has letters, digits and / - . _ only, and nothing encoded.");
    }
    if (overridden) {
      throw new Refused(ProblemType.REQUEST_MALFORMED, "X-HTTP-Method-Override is not understood.");
    }
    if (repeated != null) {
      throw new Refused(
          ProblemType.REQUEST_MALFORMED, "The header " + repeated + " may be there once only.");
    }
  }

  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '.' || c == '_';
      if (!letter && !other) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a body of another kind than JSON in UTF-8. */
  void requireJson() {
    if (contentType == null || !isJson(contentType)) {
      throw new Refused(ProblemType.MEDIA_TYPE_UNSUPPORTED);
    }
  }

  private static boolean isJson(String type) {
    if (type.equals("application/json")) {
      return true;
    }
    String bare = type.toLowerCase(Locale.ROOT).replaceAll("[ \\t]", "").replace("\"", "");
    return bare.equals("application/json") || bare.equals("application/json;charset=utf-8");
  }

  /** Whether the client takes part in tracing. */
  boolean isTraced() {
    return traceparent != null;
  }

  Trace trace() {
    Trace known = trace;
    if (known == null) {
      known = Trace.continuing(traceparent);
      trace = known;
    }
    return known;
  }
}
