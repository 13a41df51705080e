package dev.stampede.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** How old the answer to a probe may be: whoever asks more often gets the same bytes. */
  private static final Duration OLDEST = Duration.ofSeconds(1);

  /** A node that is not ready yet is waited for. */
  private static final Duration OLDEST_UNREADY = Duration.ofMillis(100);

  private final Prepared<Readied> readied;
  private final Prepared<Readied> unreadied;
  private final Prepared<Reply> metrics;
  private final Running running;
  private final String document = document("/openapi.yaml");

  OpsEndpoints(HttpParts parts, Running running) {
    Health health = parts.health();
    this.unreadied = new Prepared<>(() -> readied(health.readiness()), OLDEST_UNREADY);
    this.readied = new Prepared<>(unreadied::get, OLDEST);
    PrometheusMeterRegistry registry = parts.metrics();
    this.metrics =
        new Prepared<>(
            () -> new Answer(200, List.of(PROMETHEUS, Answer.NO_STORE), bytes(registry)), OLDEST);
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
    Readied known = readied.get();
    return known.ready() ? known.reply() : unreadied.get().reply();
  }

  /** An answer to a probe, and whether it is good news. */
  private record Readied(boolean ready, Reply reply) {}

  private static Readied readied(Health.Readiness now) {
    if (!now.ready()) {
      return new Readied(false, Problem.of(ProblemType.NOT_READY, now.reason()));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "ready");
    body.putAll(now.details());
    return new Readied(true, Answer.json(200, StrictJson.bytes(body)));
  }

  Reply metrics(Call call) {
    return metrics.get();
  }

  private static byte[] bytes(PrometheusMeterRegistry registry) {
    return registry.scrape().getBytes(StandardCharsets.UTF_8);
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
