package dev.stampede.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** What machines and people ask about the node itself. */
final class OpsEndpoints {

  private static final HttpField YAML = contentType("application/yaml");
  private static final HttpField PROMETHEUS =
      contentType("text/plain; version=0.0.4; charset=utf-8");
  private static final HttpField PLAIN = contentType("text/plain; charset=utf-8");
  private static final byte[] LIVE = "{\"status\":\"live\"}".getBytes(StandardCharsets.US_ASCII);

  private final Health health;
  private final PrometheusMeterRegistry metrics;
  private final Running running;
  private final String document = document("/openapi.yaml");

  OpsEndpoints(HttpParts parts, Running running) {
    this.health = parts.health();
    this.metrics = parts.metrics();
    this.running = running;
  }

  private static HttpField contentType(String value) {
    return Answer.fixed(HttpHeader.CONTENT_TYPE, value);
  }

  private static String document(String resource) {
    try (InputStream in = OpsEndpoints.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply live(Call call) {
    return Answer.json(200, LIVE);
  }

  Reply ready(Call call) {
    if (running.isDraining()) {
      return Problem.of(ProblemType.DRAINING);
    }
    Health.Readiness now = health.readiness();
    if (!now.ready()) {
      return Problem.of(ProblemType.NOT_READY, now.reason());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "ready");
    body.putAll(now.details());
    return Answer.json(200, StrictJson.bytes(body));
  }

  Reply metrics(Call call) {
    return Answer.text(PROMETHEUS, metrics.scrape());
  }

  Reply document(Call call) {
    return Answer.text(YAML, document);
  }

  /** A page for people, made from the one table. */
  Reply problem(Call call) {
    ProblemType type =
        ProblemType.ofCode(call.part("code"))
            .orElseThrow(() -> new Refused(ProblemType.UNKNOWN_PROBLEM));
    String again =
        type.retrySeconds() > 0
            ? "\nThe same request may work in a moment: repeat it after Retry-After.\n"
            : "";
    return Answer.text(
        PLAIN,
        type.title()
            + "\n\n"
            + type.advice()
            + "\n"
            + again
            + "\ncode:   "
            + type.code()
            + "\nstatus: "
            + type.status()
            + "\n");
  }
}
