package dev.stampede.load.server;

import static java.util.Comparator.naturalOrder;

import dev.stampede.load.buyer.Json;
import dev.stampede.load.buyer.SaleInfo;
import dev.stampede.load.buyer.ShopCalls;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads sales, audit and orders. Every method throws {@link ServerException} where it cannot. */
public final class Inspector {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long the first attempt of a large question may take. */
  private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(15);

  /** A server gives up an audit by itself after this time. */
  private static final Duration LAST_ATTEMPT = Duration.ofMinutes(2);

  private static final int PAGE = 5000;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final Asking asking;
  private final String adminToken;

  public Inspector(Asking asking, String adminToken) {
    this.asking = asking;
    this.adminToken = adminToken;
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
    return asking.askForLong(call, FIRST_ATTEMPT, LAST_ATTEMPT, PATIENCE);
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
