package dev.stampede.http;

import dev.stampede.security.Identity;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.EndpointNotFound;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Javalin about the routes: who asks, what is said, how it is sent and counted. */
final class JavalinRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(JavalinRoutes.class);

  private final Routes routes;
  private final Callers callers;
  private final HttpMetrics metrics;
  private final Failures failures;
  private final HttpMetrics.Meters unmatched;

  JavalinRoutes(Routes routes, Callers callers, HttpMetrics metrics, Failures failures) {
    this.routes = routes;
    this.callers = callers;
    this.metrics = metrics;
    this.failures = failures;
    this.unmatched = metrics.route("", HttpMetrics.UNMATCHED);
  }

  void register(RoutesConfig config) {
    for (Route route : routes.all()) {
      if (route.access() != Route.Access.FRONT) {
        add(config, route);
      }
    }
    config.exception(EndpointNotFound.class, (e, context) -> sendUnrouted(context));
    config.exception(RuntimeException.class, this::sendFailure);
  }

  /** A route of GET answers HEAD as well: Jetty sends everything but the body. */
  private void add(RoutesConfig config, Route route) {
    HttpMetrics.Meters meters = metrics.route(route.method(), route.path());
    config.addHttpHandler(
        HandlerType.findOrCreate(route.method()),
        route.path(),
        context -> send(context, route, meters));
    if (route.method().equals("GET")) {
      config.addHttpHandler(
          HandlerType.HEAD, route.path(), context -> send(context, route, meters));
    }
  }

  private void send(Context context, Route route, HttpMetrics.Meters meters) {
    long started = System.nanoTime();
    Head head = head(context);
    Reply reply = reply(context, head, route);
    meters.record(reply, started);
    send(context, ProblemWriter.answer(reply, head));
  }

  private Reply reply(Context context, Head head, Route route) {
    try {
      Optional<Identity> caller = identify(route, head);
      return noted(route, head, caller, answer(route, new Call(context, head, caller), head));
    } catch (Refused e) {
      return e.problem();
    }
  }

  private Reply answer(Route route, Call call, Head head) {
    try {
      return route.endpoint().answer(call);
    } catch (Refused e) {
      return e.problem();
    } catch (RuntimeException e) {
      return failures.problem(e, head);
    }
  }

  /** What an operator has changed, or tried to: who, what, and what came of it. */
  private static Reply noted(Route route, Head head, Optional<Identity> caller, Reply reply) {
    if (route.access() == Route.Access.ADMIN && route.method().equals("POST")) {
      LOG.info(
          "operator {}: {} {} answered {}{}",
          caller.map(identity -> identity.buyer().value()).orElse(""),
          route.method(),
          head.path(),
          reply.status(),
          reply instanceof Problem problem ? " " + problem.type().code() : "");
    }
    return reply;
  }

  private Optional<Identity> identify(Route route, Head head) {
    return switch (route.access()) {
      case ANYBODY, FRONT -> Optional.empty();
      case BUYER -> Optional.of(callers.identify(head));
      case ADMIN -> Optional.of(callers.identifyAdmin(head));
    };
  }

  private void sendUnrouted(Context context) {
    long started = System.nanoTime();
    Head head = head(context);
    Reply reply = routes.unrouted(head);
    unmatched.record(reply, started);
    send(context, ProblemWriter.answer(reply, head));
  }

  private void sendFailure(RuntimeException failure, Context context) {
    Head head = head(context);
    send(context, ProblemWriter.answer(failures.problem(failure, head), head));
  }

  private static Head head(Context context) {
    if (context.req().getAttribute(Head.ATTRIBUTE) instanceof Head head) {
      return head;
    }
    throw new IllegalStateException("every request comes through the front");
  }

  private static void send(Context context, Answer answer) {
    context.status(answer.status());
    context.res().setContentType(null); // Javalin begins with one of its own
    for (HttpField field : answer.headers()) {
      if (field.getHeader() == HttpHeader.CONTENT_TYPE) {
        context.contentType(field.getValue());
      } else {
        context.header(field.getName(), field.getValue());
      }
    }
    context.result(answer.body());
  }
}
