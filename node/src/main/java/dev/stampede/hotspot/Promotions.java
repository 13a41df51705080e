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
 * <p>A promoted sale is hot since the time that was planned, not since a node has noticed: so all
 * nodes say the same, whatever their clocks and whenever they came.
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
    List<Sale> due = sales.get().stream().filter(sale -> sale.isPromoted(now)).toList();
    due.forEach(
        sale -> sale.promotedFrom().ifPresent(from -> hot.promote(key(sale), from.toEpochMilli())));
    promoted = due.stream().map(Promotions::key).collect(Collectors.toUnmodifiableSet());
    before.stream().filter(key -> !promoted.contains(key)).forEach(hot::demote);
  }

  private static String key(Sale sale) {
    return sale.id().value();
  }
}
