package dev.stampede.hotspot;

import dev.stampede.sale.Sale;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes promoted sales hot from the time that they say: each node for itself, from the list of
 * sales that it has, so that nobody has to tell it. To be run a few times a second.
 *
 * <p>Threads: one at a time.
 */
final class Promotions implements Runnable {

  private final Supplier<List<Sale>> sales;
  private final HotSet hot;
  private final Clock clock;
  private Set<String> promoted = Set.of();

  Promotions(Supplier<List<Sale>> sales, HotSet hot, Clock clock) {
    this.sales = sales;
    this.hot = hot;
    this.clock = clock;
  }

  @Override
  public void run() {
    long now = clock.millis();
    Set<String> before = promoted;
    promoted = at(sales.get(), now);
    promoted.forEach(key -> hot.promote(key, now));
    before.stream().filter(key -> !promoted.contains(key)).forEach(hot::demote);
  }

  /** The sales that are promoted at an instant, in milliseconds since 1970. */
  static Set<String> at(List<Sale> sales, long now) {
    return sales.stream()
        .filter(sale -> sale.isPromoted(now))
        .map(sale -> sale.id().value())
        .collect(Collectors.toUnmodifiableSet());
  }
}
