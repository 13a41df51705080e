package dev.stampede.http;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is hot now. */
final class HotEndpoint {

  private final Supplier<List<Heat.HotSale>> sales;

  HotEndpoint(Supplier<List<Heat.HotSale>> sales) {
    this.sales = sales;
  }

  Reply list(Call call) {
    return Answer.json(200, StrictJson.bytes(Map.of("hot", sales.get())));
  }
}
