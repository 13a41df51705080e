package dev.stampede.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.config.HttpLimits;
import dev.stampede.config.HttpSettings;
import dev.stampede.ops.AuditReport;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.routing.RouteTable;
import dev.stampede.sale.HotSpell;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.security.HmacOrderKeys;
import dev.stampede.security.Identity;
import dev.stampede.security.PaymentSignatures;
import dev.stampede.security.Tokens;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.InMemoryStock;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StoredShard;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/** A whole HTTP layer over stock in memory, listening on a port of its own. */
final class TestServer implements AutoCloseable {

  static final String TOKEN_SECRET = base64("token-token-token-token-token-to");
  static final String PAYMENT_SECRET = "whsec_" + base64("payment-payment-payment-payment-");
  static final String NEXT_PAYMENT_SECRET = "whsec_" + base64("another-another-another-another-");
  static final Instant OPENS = Instant.parse("2020-01-01T10:00:00Z");
  static final Instant CLOSES = Instant.parse("2099-01-01T10:00:00Z");

  /** How many purchases of one sale are worked on while another sells too. */
  static final int SHARE = 8;

  static final int DEDICATED_SHARE = 12;

  private static final int UNLIMITED = 1_000_000;

  private static final Clock CLOCK = Clock.systemUTC();

  final InMemoryStock memory = new InMemoryStock(CLOCK::millis);
  final InMemorySales sales = new InMemorySales(memory);
  final Tokens tokens = new Tokens(TOKEN_SECRET, CLOCK);
  final PaymentSignatures payments =
      new PaymentSignatures(List.of(PAYMENT_SECRET, NEXT_PAYMENT_SECRET), CLOCK);

  /** What stands between the server and its stock; null for nothing. */
  final AtomicReference<Stock> stock = new AtomicReference<>(memory);

  /** Where receipts come from. */
  final AtomicReference<StoredChanges> changes = new AtomicReference<>(memory::change);

  final AtomicReference<Health.Readiness> readiness =
      new AtomicReference<>(new Health.Readiness(true, "", Map.of("members", 3)));

  /** How often the readiness was asked for. */
  final AtomicInteger readinessAsked = new AtomicInteger();

  /** Which sales were looked at, and which bought from, each time. */
  final Queue<String> reads = new ConcurrentLinkedQueue<>();

  final Queue<String> purchases = new ConcurrentLinkedQueue<>();

  /** What is hot. */
  final List<Heat.HotSale> hot = new CopyOnWriteArrayList<>();

  /** Who wants to hear of it. */
  private final Map<Executor, Heat.Watcher> spells = new ConcurrentHashMap<>();

  /** How many units of a sale, or more of one, there is memory for. */
  final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  /** Where an edge should send whom. */
  final AtomicReference<RouteTable> routes = new AtomicReference<>(RouteTable.NONE);

  /** How much of the server each sale may have. */
  final SaleShares shares =
      new SaleShares(new SaleLimit(SHARE, UNLIMITED), new SaleLimit(DEDICATED_SHARE, UNLIMITED));

  final ExampleLetters deadLetters = new ExampleLetters(memory);
  final HttpParts parts;
  final HttpServer http;

  TestServer() {
    this(0);
  }

  TestServer(int port) {
    this(port, HotStreams.Bounds.of(HttpLimits.MAX_STREAMS));
  }

  TestServer(int port, HotStreams.Bounds streams) {
    parts = parts();
    http = new HttpServer(new HttpSettings("127.0.0.1", port, ""), parts, streams);
    http.start();
    http.open();
  }

  TestServer(HttpLimits limits) {
    parts = parts();
    http =
        new HttpServer(
            new HttpSettings("127.0.0.1", 0, "", limits),
            parts,
            HotStreams.Bounds.of(limits.maxStreamsPerNetwork()));
    http.start();
    http.open();
  }

  HttpParts parts() {
    return new HttpParts(
        sales,
        behind(),
        new HmacOrderKeys(base64("order-order-order-order-order-or")),
        tokens,
        payments,
        Duration.ofMillis(500),
        TestServer::storedOrders,
        (key, seq) -> changes.get().find(key, seq),
        deadLetters,
        TestServer::audit,
        units -> Optional.of("no room for " + units).filter(_ -> units > room.get()),
        new Heat(reads::add, purchases::add, () -> List.copyOf(hot), this::tell),
        shares,
        TestServer::wasHot,
        routes::get,
        this::askReadiness,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        failure ->
            failure instanceof IllegalStateException
                && failure.getCause() instanceof ConnectException);
  }

  private Health.Readiness askReadiness() {
    int _ = readinessAsked.incrementAndGet();
    return readiness.get();
  }

  private void tell(Executor thread, Heat.Watcher watcher) {
    spells.put(thread, watcher);
  }

  /** A sale becomes hot. */
  void heat(Heat.HotSale sale) {
    hot.add(sale);
    spells.forEach((thread, watcher) -> thread.execute(() -> watcher.hot(sale)));
  }

  /** It is hot no more. */
  void cool(String sale) {
    hot.removeIf(each -> each.sale().equals(sale));
    spells.forEach((thread, watcher) -> thread.execute(() -> watcher.cold(sale)));
  }

  /** As if three spells had been, of two sales. */
  private static List<HotSpell> wasHot(
      Optional<SaleId> sale, int limit, Optional<HotSpell.Place> after) {
    return LongStream.of(3, 2, 1)
        .filter(second -> after.isEmpty() || second < after.get().since().getEpochSecond())
        .mapToObj(second ->
            new HotSpell(
                new SaleId("was-" + second % 2),
                Instant.ofEpochSecond(second),
                Instant.ofEpochSecond(second + 10),
                600.5,
                30,
                List.of("nodes")))
        .filter(spell -> sale.isEmpty() || spell.sale().equals(sale.get()))
        .limit(limit)
        .toList();
  }

  /** Whatever stands in the place of the stock at the moment. */
  private Stock behind() {
    return new Stock() {
      @Override
      public CompletableFuture<Outcome> execute(StockKey key, ShardCommand command) {
        return stock.get().execute(key, command);
      }

      @Override
      public CompletableFuture<Outcome> executeDurably(
          StockKey key, ShardCommand command, Duration most) {
        return stock.get().executeDurably(key, command, most);
      }
    };
  }

  private static AuditReport audit(List<SaleId> sales) {
    ShardCounts counts = ShardCounts.issued(5);
    return new AuditReport(
        Instant.EPOCH,
        true,
        true,
        0,
        0,
        List.of(
            new AuditReport.SaleAudit(
                sales.isEmpty() ? "sale" : sales.getFirst().value(),
                true,
                2,
                0,
                counts,
                counts,
                List.of(new AuditReport.ShardAudit(0, "", 1, "00", 1, counts, counts, List.of())))),
        List.of("sale/0: an example"));
  }

  private static OrderPages.Page storedOrders(SaleId sale, OrderPages.Query query) {
    long from = query.after().map(order -> order.key().low()).orElse(query.since());
    List<OrderPages.Row> orders =
        LongStream.rangeClosed(from + 1, 3)
            .limit(query.limit())
            .mapToObj(number ->
                new OrderPages.Row(
                    new OrderId(sale, 0, new OrderKey(0, number)),
                    new BuyerId("buyer-" + number),
                    1,
                    OrderState.PAID))
            .toList();
    StoredShard shard =
        new StoredShard(
            new StockKey(sale, 0), 3, ChainHash.GENESIS, new ShardCounts(5, 2, 0, 3, 0));
    return new OrderPages.Page(orders, List.of(shard));
  }

  /** Makes the stock answer every command with this, from now on. */
  void answerAll(Outcome outcome) {
    stock.set((key, command) -> CompletableFuture.completedFuture(outcome));
  }

  Sale publish(String id, long quantity) {
    return publish(sale(id, quantity, OPENS, CLOSES));
  }

  Sale publish(Sale sale) {
    sales.publish(sale);
    return sale;
  }

  static Sale sale(String id, long quantity, Instant opens, Instant closes) {
    return new Sale(
        new SaleId(id),
        "A \"thing\" of " + id,
        "Ünlimited fun",
        19_900,
        "EUR",
        quantity,
        new SaleTerms(opens, closes, 2, Reduction.RESERVE, Duration.ofSeconds(10), 1));
  }

  String token(String buyer) {
    return tokens.issue(new Identity(new BuyerId(buyer), false), Duration.ofHours(1));
  }

  String adminToken() {
    return tokens.issue(new Identity(new BuyerId("root"), true), Duration.ofHours(1));
  }

  int port() {
    return http.port();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    http.stop();
  }
}
