package dev.stampede.load.server;

import static java.util.Comparator.naturalOrder;

import dev.stampede.load.buyer.Json;
import dev.stampede.load.buyer.SaleInfo;
import dev.stampede.load.buyer.ShopCalls;
import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import dev.stampede.load.verdict.Audit;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.ServerOrder;
import dev.stampede.load.verdict.ServerPicture;
import dev.stampede.load.verdict.ShardState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads sales, audit and orders. Every method throws {@link ServerException} where it cannot. */
public final class Inspector {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long one server may work for a large answer before another is asked, too. */
  private static final Duration SECOND_SERVER = Duration.ofSeconds(15);

  /** A server gives up a query of its database after two minutes. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** The phase of a sale that is over, or that an operator closed. */
  private static final String CLOSED = "CLOSED";

  private static final int PAGE = 5000;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final Asking asking;
  private final String adminToken;
  private final Consumer<String> progress;

  /**
   * @param progress hears what takes longer than two seconds
   */
  public Inspector(Asking asking, String adminToken, Consumer<String> progress) {
    this.asking = asking;
    this.adminToken = adminToken;
    this.progress = progress;
  }

  record SalePage(List<SaleInfo> sales, @Nullable String next) {
    SalePage {
      Objects.requireNonNull(sales, "sales");
    }
  }

  record OrderPage(List<ServerOrder> orders, List<ShardState> shards, @Nullable String next) {
    OrderPage {
      Objects.requireNonNull(orders, "orders");
      Objects.requireNonNull(shards, "shards");
    }
  }

  /** As much of a sale's stock as matters here. */
  record StockInfo(@Nullable String phase) {}

  /** The audit of one sale. */
  record SaleReport(Instant at, boolean balanced, List<SaleAudit> sales, List<String> problems) {
    SaleReport {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(sales, "sales");
      Objects.requireNonNull(problems, "problems");
    }
  }

  /**
   * The sale of that id.
   *
   * @param patience how long to wait for a server
   */
  public SaleInfo sale(String id, Duration patience) {
    Answered answer = asking.ask(ShopCalls.sale(id), patience);
    if (answer.status() == NOT_FOUND) {
      throw new ServerException("no sale '" + id + "': `stampede sale list` shows those there are");
    }
    return read(answer, "/api/sales/" + id, SaleInfo.class);
  }

  /** The sales that are not over, of these: nothing can be bought of the others. */
  public List<SaleInfo> notOver(List<SaleInfo> sales) {
    Map<SaleInfo, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
    sales.forEach(sale -> asked.put(sale, asking.once(ShopCalls.stock(sale.id()))));
    List<SaleInfo> notOver = new ArrayList<>();
    asked.forEach((sale, first) -> {
      String path = ShopCalls.stock(sale.id()).path();
      Answer answer = first.join();
      Answered settled =
          Asking.settled().test(answer)
              ? (Answered) answer
              : asking.ask(ShopCalls.stock(sale.id()), PATIENCE);
      if (!CLOSED.equals(read(settled, path, StockInfo.class).phase())) {
        notOver.add(sale);
      }
    });
    return notOver;
  }

  /** All sales, at least one. */
  public List<SaleInfo> sales(Duration patience) {
    List<SaleInfo> all = new ArrayList<>();
    String after = "";
    do {
      String path = "/api/sales?limit=100" + after;
      SalePage page = read(asking.ask(Call.get(path), patience), path, SalePage.class);
      all.addAll(page.sales());
      after = after(page.next());
    } while (!after.isEmpty());
    if (all.isEmpty()) {
      throw new ServerException("no sale to buy from: `stampede sale import FILE` publishes some");
    }
    return all;
  }

  /** The audit of some sales; a sale that the servers do not know is left out. */
  public Audit audit(List<String> ids) {
    List<SaleReport> reports = new ArrayList<>();
    for (String id : ids) {
      String path = "/api/admin/audit?sale=" + id;
      Answered answer = askAdmin(path);
      if (answer.status() != NOT_FOUND) {
        reports.add(read(answer, path, SaleReport.class));
      }
    }
    Instant now = Instant.now();
    return new Audit(
        reports.stream().map(SaleReport::at).min(naturalOrder()).orElse(now),
        reports.stream().map(SaleReport::at).max(naturalOrder()).orElse(now),
        reports.stream().allMatch(SaleReport::balanced),
        reports.stream().flatMap(report -> report.sales().stream()).toList(),
        reports.stream().flatMap(report -> report.problems().stream()).toList());
  }

  /** Every order of a sale as the database has it, each as it was when its page was read. */
  public List<ServerOrder> orders(String sale) {
    return new StoredSales(this).orders(sale);
  }

  /** Some orders of a sale, and its shards as they were at the instant when these were read. */
  OrderPage page(String sale, String query) {
    String path = "/api/admin/sales/" + sale + "/orders?limit=" + PAGE + query;
    return read(askAdmin(path), path, OrderPage.class);
  }

  /** A shard after one of its changes; empty where the database does not have that change. */
  Optional<ShardState> change(String sale, int shard, long seq) {
    String path = "/api/admin/sales/" + sale + "/shards/" + shard + "/changes/" + seq;
    Answered answer = askAdmin(path);
    return answer.status() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(read(answer, path, ShardState.class));
  }

  private Answered askAdmin(String path) {
    Call call = Call.get(path, ShopCalls.bearer(adminToken));
    return asking.askForLong(call, SECOND_SERVER, LONGEST, PATIENCE, progress);
  }

  /** The part of a query that asks for the next page; empty where there is none. */
  static String after(@Nullable String next) {
    return next == null ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
  }

  /** The states of single orders as their buyers see them, by order id. */
  public Map<String, String> states(List<String> orders) {
    Map<String, CompletableFuture<String>> asked = new HashMap<>();
    for (String order : orders) {
      Call call = ShopCalls.order(order, adminToken);
      asked.put(
          order,
          asking.once(call).thenApply(a -> Asking.settled().test(a) ? state((Answered) a) : ""));
    }
    Map<String, String> states = new HashMap<>();
    asked.forEach((order, state) -> {
      String seen = state.join();
      states.put(order, seen.isEmpty() ? askState(order) : seen);
    });
    return states;
  }

  private String askState(String order) {
    return state(asking.ask(ShopCalls.order(order, adminToken), PATIENCE));
  }

  private static String state(Answered answer) {
    return answer.status() == NOT_FOUND
        ? ServerPicture.NOT_FOUND
        : read(answer, "/api/orders/…", Json.Order.class).state();
  }

  private static <T> T read(Answered answer, String path, Class<T> type) {
    if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
      throw new ServerException(
          "GET %s → %d: the servers do not take our tokens: is --secrets the file they run with?"
              .formatted(path, answer.status()));
    }
    if (answer.status() != OK) {
      throw new ServerException("GET %s → %d %s".formatted(path, answer.status(), answer.body()));
    }
    try {
      return Json.read(answer.body(), type);
    } catch (JacksonException e) {
      throw new ServerException(
          "GET %s answered what cannot be read: %s".formatted(path, e.getOriginalMessage()));
    }
  }
}
