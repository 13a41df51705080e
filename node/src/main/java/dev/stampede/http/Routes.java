package dev.stampede.http;

import static dev.stampede.http.Route.Access.ADMIN;
import static dev.stampede.http.Route.Access.ANYBODY;
import static dev.stampede.http.Route.Access.BUYER;
import static dev.stampede.http.Route.Access.FRONT;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole API on one screen. */
final class Routes {

  static final String STOCK = "/api/sales/{sale}/stock";
  static final String HEALTH = "/health/";
  static final String HOT_EVENTS = "/api/hot/events";
  static final String PURCHASE = "/api/sales/{sale}/orders";

  /** What a node answers before it knows any sale; the last are folders. */
  private static final List<String> ABOUT_THE_NODE =
      List.of("/metrics", "/openapi.yaml", "/health/", "/problems/");

  private final List<Route> all;

  /** Whether the answer to a path depends on no sale. */
  static boolean isAboutTheNode(String path) {
    return ABOUT_THE_NODE.stream()
        .anyMatch(about -> about.endsWith("/") ? path.startsWith(about) : path.equals(about));
  }

  Routes(HttpParts parts, SaleLookup lookup, Running running) {
    Route.Endpoint front =
        call -> {
          throw new IllegalStateException("answered in front");
        };
    SaleEndpoints sales = new SaleEndpoints(parts.sales(), lookup, parts.heat().reads());
    HotEndpoint hot = new HotEndpoint(parts.heat().sales(), parts.hotHistory());
    OrderEndpoints orders = new OrderEndpoints(parts.stock(), parts.changes(), lookup);
    PaymentEndpoint payments = new PaymentEndpoint(parts, lookup);
    EndOrder endOrder = new EndOrder(parts.stock(), lookup);
    AdminEndpoints admin = new AdminEndpoints(parts, lookup);
    StoredEndpoints stored = new StoredEndpoints(parts, lookup);
    PromotionEndpoints promotions = new PromotionEndpoints(parts.sales(), parts.stock(), lookup);
    DeadLetterEndpoint deadLetters = new DeadLetterEndpoint(parts.deadLetters());
    RoutesEndpoint routes = new RoutesEndpoint(parts.routes());
    OpsEndpoints ops = new OpsEndpoints(parts, running);
    all =
        List.of(
            new Route("GET", "/api/sales", ANYBODY, sales::list),
            new Route("GET", "/api/sales/{sale}", ANYBODY, sales::one),
            new Route("GET", STOCK, FRONT, front),
            new Route("POST", PURCHASE, FRONT, front),
            new Route("GET", "/api/hot", ANYBODY, hot::list),
            new Route("GET", HOT_EVENTS, FRONT, front),
            new Route("GET", "/api/orders/{order}", BUYER, orders::one),
            new Route("GET", "/api/orders/{order}/receipt", BUYER, orders::receipt),
            new Route("POST", "/api/orders/{order}/cancel", BUYER, orders::cancel),
            new Route("POST", "/api/payments/notifications", ANYBODY, payments::notify),
            new Route("POST", "/api/admin/sales", ADMIN, admin::publish),
            new Route("GET", "/api/admin/sales/{sale}", ADMIN, admin::report),
            new Route("GET", "/api/admin/sales/{sale}/orders", ADMIN, stored::orders),
            new Route(
                "GET",
                "/api/admin/sales/{sale}/shards/{shard}/changes/{seq}",
                ADMIN,
                stored::change),
            new Route("POST", "/api/admin/sales/{sale}/restock", ADMIN, admin::restock),
            new Route("POST", "/api/admin/sales/{sale}/withdraw", ADMIN, admin::withdraw),
            new Route("POST", "/api/admin/sales/{sale}/freeze", ADMIN, admin::freeze),
            new Route("POST", "/api/admin/sales/{sale}/unfreeze", ADMIN, admin::unfreeze),
            new Route("POST", "/api/admin/sales/{sale}/close", ADMIN, admin::close),
            new Route("POST", "/api/admin/sales/{sale}/reopen", ADMIN, admin::reopen),
            new Route("POST", "/api/admin/sales/{sale}/promote", ADMIN, promotions::promote),
            new Route("POST", "/api/admin/sales/{sale}/demote", ADMIN, promotions::demote),
            new Route("POST", "/api/admin/orders/{order}/end", ADMIN, endOrder::end),
            new Route("GET", "/api/admin/audit", ADMIN, admin::audit),
            new Route("GET", "/api/admin/hot/history", ADMIN, hot::history),
            new Route("GET", "/api/admin/dead-letters", ADMIN, deadLetters::page),
            new Route("POST", "/api/admin/dead-letters/{letter}/retry", ADMIN, deadLetters::retry),
            new Route("GET", "/api/routes", ANYBODY, routes::table),
            new Route("GET", "/api/routes/nginx", ANYBODY, routes::nginx),
            new Route("GET", "/health/live", ANYBODY, ops::live),
            new Route("GET", "/health/ready", ANYBODY, ops::ready),
            new Route("GET", "/metrics", ANYBODY, ops::metrics),
            new Route("GET", "/openapi.yaml", ANYBODY, ops::document),
            new Route("GET", "/problems/{code}", ANYBODY, ops::problem));
  }

  List<Route> all() {
    return all;
  }

  /** The reply to a request that no route takes: nothing there, another method, or OPTIONS. */
  Reply unrouted(Head head) {
    String allow = allow(head.path());
    if (allow.isEmpty()) {
      return Problem.of(ProblemType.UNKNOWN_PATH);
    }
    return head.method().equals("OPTIONS")
        ? Answer.empty(204, Problem.allow(allow))
        : Problem.methodNotAllowed(allow);
  }

  private String allow(String path) {
    List<String> methods =
        all.stream().filter(route -> route.matches(path)).map(Route::method).toList();
    if (methods.isEmpty()) {
      return "";
    }
    Stream<String> head = methods.contains("GET") ? Stream.of("HEAD") : Stream.empty();
    return Stream.of(methods.stream(), head, Stream.of("OPTIONS"))
        .flatMap(each -> each)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
