package dev.stampede.http;

import dev.stampede.sale.HotSpell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is hot now, and what was. */
final class HotEndpoint {

  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  private final Supplier<List<Heat.HotSale>> sales;
  private final HotHistory history;

  /** A page of the past; {@code next} is null on the last one. */
  record Page(List<HotSpell> spells, @Nullable String next) {}

  HotEndpoint(Supplier<List<Heat.HotSale>> sales, HotHistory history) {
    this.sales = sales;
    this.history = history;
  }

  Reply list(Call call) {
    return Answer.json(200, json(sales.get()));
  }

  /** The whole list, as it is told everywhere. */
  static byte[] json(List<Heat.HotSale> sales) {
    return StrictJson.bytes(Map.of("hot", sales));
  }

  Reply history(Call call) {
    int limit = call.limit(USUAL, MOST);
    Optional<HotSpell.Place> after =
        call.after().map(text -> HotSpell.Place.parse(text).orElseThrow(Call::badCursor));
    List<HotSpell> spells = history.page(call.sale(), limit, after);
    String next = spells.size() < limit ? null : spells.getLast().place().toString();
    return Answer.json(200, StrictJson.bytes(new Page(spells, next)));
  }
}
