package dev.stampede.load;

import dev.stampede.load.buyer.Json;
import dev.stampede.load.buyer.ShopCalls;
import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Looks at the stock of the sales once a second, as any visitor may. On the loop's thread. */
final class StockWatch {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int MOST_SALES = 10;
  private static final int OK = 200;

  private final Client client;
  private final List<String> sales;
  private final Map<String, Long> available = new HashMap<>();

  /**
   * @param sales of more than ten none is watched: it would be load
   */
  StockWatch(Loop loop, Client client, List<String> sales) {
    this.client = client;
    this.sales = sales.size() > MOST_SALES ? List.of() : sales;
    loop.every(EVERY, this::look);
  }

  private record Stock(long available) {}

  private void look() {
    for (String sale : sales) {
      client.send(client.pick(null), ShopCalls.stock(sale), answer -> seen(sale, answer));
    }
  }

  private void seen(String sale, Answer answer) {
    if (answer instanceof Answered answered && answered.status() == OK) {
      try {
        available.put(sale, Json.read(answered.body(), Stock.class).available());
      } catch (JacksonException _) {
        available.remove(sale);
      }
    }
  }

  /** Units left in all sales; negative while that is not known. */
  long left() {
    return available.size() < sales.size() || sales.isEmpty()
        ? -1
        : available.values().stream().mapToLong(Long::longValue).sum();
  }
}
