package dev.stampede.load.server;

import dev.stampede.load.buyer.Json;
import dev.stampede.load.buyer.SaleInfo;
import dev.stampede.load.buyer.ShopCalls;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import dev.stampede.load.verdict.Audit;
import dev.stampede.load.verdict.ServerOrder;
import dev.stampede.load.verdict.ServerPicture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads sales, audit and orders. Every method throws {@link ServerException} where it cannot. */
public final class Inspector {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PAGE = 1000;
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

  record OrderPage(List<ServerOrder> orders, @Nullable String next) {
    OrderPage {
      Objects.requireNonNull(orders, "orders");
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

  public Audit audit() {
    return admin("/api/admin/audit", Audit.class);
  }

  /** Every order of a sale, as the database has it. */
  public List<ServerOrder> orders(String sale) {
    List<ServerOrder> all = new ArrayList<>();
    String after = "";
    do {
      String path = "/api/admin/sales/" + sale + "/orders?limit=" + PAGE + after;
      OrderPage page = admin(path, OrderPage.class);
      all.addAll(page.orders());
      after = after(page.next());
    } while (!after.isEmpty());
    return all;
  }

  private static String after(@Nullable String next) {
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

  private <T> T admin(String path, Class<T> type) {
    return read(asking.ask(Call.get(path, ShopCalls.bearer(adminToken)), PATIENCE), path, type);
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
