package dev.stampede.load;

import dev.stampede.load.buyer.Buyers;
import dev.stampede.load.buyer.Crowd;
import dev.stampede.load.buyer.Resolver;
import dev.stampede.load.buyer.SaleInfo;
import dev.stampede.load.buyer.Shop;
import dev.stampede.load.buyer.ShopCalls;
import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import dev.stampede.load.plan.ArrivalSchedule;
import dev.stampede.load.plan.Mix;
import dev.stampede.load.record.RunRecord;
import dev.stampede.load.record.RunResult;
import dev.stampede.load.report.ProgressLine;
import dev.stampede.load.report.RunReport;
import dev.stampede.load.server.Asking;
import dev.stampede.load.server.Inspector;
import dev.stampede.load.server.Photographer;
import dev.stampede.load.server.ServerException;
import dev.stampede.load.verdict.Audit;
import dev.stampede.load.verdict.Judge;
import dev.stampede.load.verdict.ServerOrder;
import dev.stampede.load.verdict.ServerPicture;
import dev.stampede.load.verdict.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run from the first look at the sales to the verdict. Main thread. */
final class LoadRun implements AutoCloseable {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);
  private static final Duration LEAVE_WHEN_STOPPED = Duration.ofSeconds(2);
  private static final Duration SPARE = Duration.ofSeconds(1);

  private final LoadOptions options;
  private final @Nullable Path hdr;
  private final Credentials credentials;
  private final String run;
  private final Terminal terminal;
  private final Stop stop;
  private final Loop loop = new Loop();
  private final Client client;
  private final Inspector inspector;
  private final RunRecord record = new RunRecord();
  private final Resolver resolver;

  /**
   * @param hdr where to log latencies; null for nowhere
   * @param run a name that no other run has
   * @param targets at least one
   */
  LoadRun(
      LoadOptions options,
      @Nullable Path hdr,
      List<URI> targets,
      Credentials credentials,
      String run,
      Terminal terminal,
      Stop stop) {
    this.options = options;
    this.hdr = hdr;
    this.credentials = credentials;
    this.run = run;
    this.terminal = terminal;
    this.stop = stop;
    this.client = new Client(loop, targets, options.timeout, options.connections);
    this.inspector =
        new Inspector(new Asking(loop, client), credentials.adminToken(), terminal::progress);
    this.resolver = new Resolver(loop, client, record, options.patience);
  }

  /**
   * Runs it.
   *
   * @throws dev.stampede.load.server.ServerException where the servers cannot be asked
   */
  RunReport run(Mix mix) {
    List<SaleInfo> sales = sales();
    options.heat.check(sales.size());
    List<String> ids = sales.stream().map(SaleInfo::id).toList();
    Audit before = inspector.audit(ids);
    Set<String> earlier = earlierOrders(ids);
    Stage.warmUp(loop, client, WarmUp.of(options.rate, options.warmup, ids), stop::isAsked);
    Instant startedAt = Instant.now();
    Stage stage = new Stage(loop, crowd(sales, mix), record, stop::isAsked);
    RunResult result = buyersCome(stage, ids, startedAt);
    Verdict verdict =
        stop.isAsked()
            ? Verdict.invalid("interrupted: what the servers say was not compared")
            : judge(sales, result, before, earlier);
    return new RunReport(
        startedAt,
        stage.seconds(),
        options.closed ? 0 : options.rate,
        stage.requestsPerSecond(),
        stop.isAsked(),
        result,
        verdict);
  }

  private List<SaleInfo> sales() {
    return options.sales.isEmpty()
        ? notOver()
        : options.sales.stream().map(id -> inspector.sale(id, FIRST_ANSWER)).toList();
  }

  /** Sales that are over may have any number of orders, which would be read for nothing. */
  private List<SaleInfo> notOver() {
    List<SaleInfo> all = inspector.sales(FIRST_ANSWER);
    List<SaleInfo> left = inspector.notOver(all);
    int over = all.size() - left.size();
    if (left.isEmpty()) {
      throw new ServerException(
          "no sale to buy from: %d published, all of them over. `stampede sale import FILE` publishes others; --sale ID takes one that is over"
              .formatted(over));
    }
    if (over > 0) {
      terminal.line(
          "left out: " + over + (over == 1 ? " sale that is" : " sales that are") + " over");
    }
    return left;
  }

  /** What buyers with tokens of their own had already; new buyers have nothing. */
  private Set<String> earlierOrders(List<String> sales) {
    Set<String> earlier = new HashSet<>();
    if (!credentials.buyers().areNew()) {
      for (String sale : sales) {
        inspector.orders(sale).stream().map(ServerOrder::id).forEach(earlier::add);
      }
    }
    return earlier;
  }

  private Crowd crowd(List<SaleInfo> sales, Mix mix) {
    Buyers buyers = credentials.buyers();
    ShopCalls calls = new ShopCalls(credentials.payments(), InstantSource.system());
    Shop shop =
        new Shop(
            loop,
            resolver,
            record,
            calls,
            buyers,
            options.quantity,
            options.durable,
            options.think);
    long seed = options.seed == null ? System.nanoTime() : options.seed;
    return new Crowd(shop, client, sales, mix, run, seed, options.maxInFlight);
  }

  private RunResult buyersCome(Stage stage, List<String> sales, Instant startedAt) {
    long deadline = System.nanoTime() + options.duration.plus(options.resolve).toNanos();
    loop.execute(() -> resolver.deadline(deadline));
    ProgressLine line =
        new ProgressLine(options.duration.toMillis() / 1000.0, options.closed ? 0 : options.rate);
    StockWatch stock = new StockWatch(loop, client, sales);
    try (HdrLog log = new HdrLog(hdr, startedAt);
        Progress _ = new Progress(loop, client, record, stock, line, terminal, log)) {
      if (options.closed) {
        stage.closed(options.users, options.duration);
      } else {
        stage.open(new ArrivalSchedule(options.rate, options.duration));
      }
      return stop.isAsked()
          ? stage.end(LEAVE_WHEN_STOPPED)
          : stage.end(options.resolve.plus(options.timeout).plus(SPARE));
    }
  }

  /** The verdict; a run whose servers cannot be asked any more keeps its figures. */
  private Verdict judge(List<SaleInfo> sales, RunResult result, Audit before, Set<String> earlier) {
    List<String> ids = sales.stream().map(SaleInfo::id).toList();
    Map<String, Integer> limits =
        sales.stream().collect(Collectors.toMap(SaleInfo::id, SaleInfo::limitPerBuyer));
    Photographer photographer = new Photographer(inspector, ids, terminal::progress);
    Photographer.Run seen = new Photographer.Run(before, earlier, result.purchases());
    try {
      ServerPicture picture =
          options.noSettle
              ? photographer.gridOnly(seen)
              : photographer.whole(seen, options.settle, options.untilExpired, stop::isAsked);
      return Judge.judge(result, credentials.buyers()::includes, limits, picture);
    } catch (ServerException e) {
      return Verdict.invalid("what the servers say could not be compared: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
