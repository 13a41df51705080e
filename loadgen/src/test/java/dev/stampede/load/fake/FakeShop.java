package dev.stampede.load.fake;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of the contract over one {@link FakeStock}, on as many ports as a test wants. */
public final class FakeShop implements AutoCloseable {
  public static final String JWT_SECRET = base64("a secret of thirty-two bytes, yes");
  public static final String PAYMENT_SECRET = "whsec_" + base64("another secret, for payments");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern ORDER = Pattern.compile("/api/orders/([^/]+)(/cancel)?");
  private static final Pattern CHANGE =
      Pattern.compile("/api/admin/sales/[^/]+/shards/0/changes/(\\d+)");
  private static final String ENDED = "ended";
  private static final int BACKLOG = 1024;

  /** Fewer than the clients ask for, so that there are several. */
  private static final int PAGE = 40;

  private static final int DROPS_EVERY = 7;
  private static final int BUSY_EVERY = 5;
  private static final int UNTIL_CLOSED_SECONDS = 0;

  static {
    // Without it, each answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final FakeStock stock;
  private final List<HttpServer> servers = new ArrayList<>();
  private final AtomicInteger purchases = new AtomicInteger();
  private final AtomicInteger payments = new AtomicInteger();

  public FakeShop(FakeStock stock, int nodes) {
    this.stock = stock;
    for (int node = 0; node < nodes; node++) {
      servers.add(start());
    }
  }

  private static String base64(String secret) {
    return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }

  private HttpServer start() {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(any, BACKLOG);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::handle);
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("no port for the fake shop", e);
    }
  }

  public List<URI> addresses() {
    return servers.stream()
        .map(server -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .toList();
  }

  /** One of the nodes dies, with all its connections. */
  public void kill(int node) {
    servers.get(node).stop(UNTIL_CLOSED_SECONDS);
  }

  public int purchases() {
    return purchases.get();
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(UNTIL_CLOSED_SECONDS));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String sale = "/api/sales/" + stock.id();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher order = ORDER.matcher(path);
    if (path.equals("/api/sales")) {
      answer(exchange, 200, Map.of("sales", sales()));
    } else if (path.equals("/api/sales/" + ENDED + "/stock")) {
      answer(exchange, 200, Map.of("sale", ENDED, "available", 0, "phase", "CLOSED"));
    } else if (path.equals(sale)) {
      answer(exchange, 200, stock.sale());
    } else if (path.equals(sale + "/stock")) {
      answer(exchange, 200, Map.of("sale", stock.id(), "available", stock.available()));
    } else if (path.equals(sale + "/orders")) {
      buy(exchange, JSON.readTree(body).path("quantity").asInt());
    } else if (order.matches()) {
      order(exchange, order.group(1), order.group(2) != null);
    } else if (path.equals("/api/payments/notifications")) {
      pay(exchange, body);
    } else {
      admin(exchange, path);
    }
  }

  private List<Map<String, Object>> sales() {
    Map<String, Object> price = Map.of("minor", 100, "currency", "EUR");
    Map<String, Object> ended = Map.of("id", ENDED, "price", price, "limitPerBuyer", 1);
    return stock.has(Fault.LISTS_AN_ENDED_SALE)
        ? List.of(ended, stock.sale())
        : List.of(stock.sale());
  }

  private void buy(HttpExchange exchange, int quantity) throws IOException {
    String buyer = subject(exchange);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    int number = purchases.incrementAndGet();
    if (buyer == null || key == null) {
      problem(exchange, 401, "token-invalid");
      return;
    }
    if (stock.has(Fault.IS_BUSY) && number % BUSY_EVERY < 2) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      problem(exchange, number % BUSY_EVERY == 0 ? 429 : 503, "lane-full");
      return;
    }
    if (stock.has(Fault.IS_SLOW)) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    FakeStock.Bought bought = stock.buy(buyer, key, quantity);
    if (stock.has(Fault.DROPS_ANSWERS) && number % DROPS_EVERY == 0) {
      exchange.close();
    } else if (bought.order() == null) {
      problem(exchange, 409, bought.refusal());
    } else {
      if (bought.replayed()) {
        exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
      }
      boolean waits = "wait".equals(exchange.getRequestHeaders().getFirst("Prefer"));
      boolean late = waits && stock.has(Fault.STORES_LATE) && number % BUSY_EVERY == 0;
      answer(exchange, late ? 202 : 201, bought.order().json());
    }
  }

  private void order(HttpExchange exchange, String id, boolean cancels) throws IOException {
    FakeOrder order = cancels ? stock.cancel(id) : stock.order(id);
    if (subject(exchange) == null || order == null) {
      problem(exchange, 404, "unknown-order");
    } else if (cancels && !order.state().equals("CANCELLED")) {
      problem(exchange, 409, "not-cancellable");
    } else {
      answer(exchange, 200, order.json());
    }
  }

  private void pay(HttpExchange exchange, String body) throws IOException {
    try {
      new Webhook(PAYMENT_SECRET)
          .verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true));
    } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
      problem(exchange, 401, "signature-invalid");
      return;
    }
    JsonNode event = JSON.readTree(body).path("data");
    long amount =
        event.path("currency").asString("").equals("EUR") ? event.path("amount").asLong() : 0;
    Map<String, Object> paid = stock.pay(event.path("order").asString(), amount);
    if (paid == null) {
      problem(exchange, 404, "unknown-order");
    } else if (stock.has(Fault.STORES_PAYMENTS_LATE)
        && payments.incrementAndGet() % BUSY_EVERY == 0) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      problem(exchange, 503, "payment-not-durable");
    } else {
      answer(exchange, 200, paid);
    }
  }

  private void admin(HttpExchange exchange, String path) throws IOException {
    if (subject(exchange) == null) {
      problem(exchange, 401, "token-invalid");
      return;
    }
    stock.move();
    Matcher change = CHANGE.matcher(path);
    if (path.equals("/api/admin/audit")) {
      audit(exchange);
    } else if (path.equals("/api/admin/sales/" + stock.id() + "/orders")) {
      answer(exchange, 200, page(exchange.getRequestURI().getQuery()));
    } else if (change.matches()) {
      Map<String, Object> state = stock.state(Long.parseLong(change.group(1)));
      answer(exchange, state == null ? 404 : 200, state == null ? Map.of() : state);
    } else {
      problem(exchange, 404, "unknown-path");
    }
  }

  private void audit(HttpExchange exchange) throws IOException {
    if (stock.has(Fault.STOPS_AUDITING) && purchases.get() > 0) {
      problem(exchange, 403, "forbidden");
      return;
    }
    if (stock.has(Fault.AUDITS_SLOWLY)) {
      LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
    }
    Map<String, Object> audit =
        Map.of(
            "at",
            Instant.now().toString(),
            "balanced",
            true,
            "sales",
            List.of(stock.audit()),
            "problems",
            List.of());
    answer(exchange, 200, audit);
  }

  /** A page is of one instant; the next one is of another, though the rows keep their places. */
  private Map<String, Object> page(String query) {
    Matcher asked =
        Pattern.compile("limit=(\\d+)(?:&shard=0&since=(\\d+))?(?:&after=(\\d+))?").matcher(query);
    if (!asked.matches()) {
      throw new IllegalArgumentException(query);
    }
    synchronized (stock) {
      long since = asked.group(2) == null ? 0 : Long.parseLong(asked.group(2));
      List<Map<String, Object>> rows = stock.rows(since);
      int from = asked.group(3) == null ? 0 : Integer.parseInt(asked.group(3));
      int to = Math.min(rows.size(), from + Math.min(PAGE, Integer.parseInt(asked.group(1))));
      Map<String, Object> page = new LinkedHashMap<>();
      page.put("orders", rows.subList(from, to));
      page.put("shards", List.of(stock.stored()));
      page.put("next", to < rows.size() ? Integer.toString(to) : null);
      return page;
    }
  }

  /** Who asks; null without a valid token. */
  private static @Nullable String subject(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      return null;
    }
    try {
      SignedJWT token = SignedJWT.parse(header.substring("Bearer ".length()));
      boolean valid = token.verify(new MACVerifier(Base64.getDecoder().decode(JWT_SECRET)));
      return valid ? token.getJWTClaimsSet().getSubject() : null;
    } catch (ParseException | JOSEException e) {
      return null;
    }
  }

  private static void problem(HttpExchange exchange, int status, String code) throws IOException {
    answer(exchange, status, Map.of("status", status, "code", code));
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> json)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
