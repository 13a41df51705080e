package dev.stampede.http;

import dev.stampede.ops.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by route, status and problem code. Any thread may use it. */
final class HttpMetrics {

  /**
   * Every request: a timer with the tags {@code method}, {@code route}, {@code status}, {@code
   * code}.
   */
  static final String REQUESTS = "stampede.http.requests";

  /** The route of requests that match none. */
  static final String UNMATCHED = "unmatched";

  private final MeterRegistry registry;

  HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how many purchases the shares refused. */
  void show(SaleShares shares) {
    FunctionCounter.builder(MetricNames.LIMITED_PURCHASES, shares, SaleShares::refused)
        .register(registry);
  }

  /**
   * The meters of one route.
   *
   * @param path its template, as in the API document
   */
  Meters route(String method, String path) {
    return new Meters(method, path);
  }

  /** The meters of one route, by how requests end: bounded by the statuses and codes there are. */
  final class Meters {

    private final String method;
    private final String path;
    private final Map<Object, Timer> timers = new ConcurrentHashMap<>();

    private Meters(String method, String path) {
      this.method = method;
      this.path = path;
    }

    /**
     * Notes that a request was answered.
     *
     * @param startedNanos when it came, by {@link System#nanoTime}
     */
    void record(Reply reply, long startedNanos) {
      Object ending = reply instanceof Problem problem ? problem.type() : (Integer) reply.status();
      timers
          .computeIfAbsent(ending, key -> timer(reply))
          .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Reply reply) {
      return Timer.builder(REQUESTS)
          .description("Requests answered")
          .tag("method", method)
          .tag("route", path)
          .tag("status", Integer.toString(reply.status()))
          .tag("code", reply instanceof Problem problem ? problem.type().code() : "")
          .serviceLevelObjectives(
              Duration.ofMillis(5),
              Duration.ofMillis(20),
              Duration.ofMillis(50),
              Duration.ofMillis(200),
              Duration.ofSeconds(1),
              Duration.ofSeconds(5))
          .register(registry);
    }
  }
}
