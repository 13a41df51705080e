package dev.stampede.http;

import dev.stampede.order.OrderId;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Sales;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds sales by the text in a path. But for its promotion a sale never changes once it is
 * published, so one that was found before is answered from memory, which a thread that must not
 * block can rely on.
 */
final class SaleLookup {

  /** More than anybody runs at once; the rest is asked for each time. */
  private static final int MAX_KNOWN = 10_000;

  private final Sales sales;
  private final Map<String, Sale> known = new ConcurrentHashMap<>();

  SaleLookup(Sales sales) {
    this.sales = sales;
  }

  /** A sale that was found before, or null; its promotion may be an old one. Never blocks. */
  @Nullable Sale known(String id) {
    return known.get(id);
  }

  /** A sale, perhaps with an old promotion; refuses a text that names none. May block. */
  Sale require(String id) {
    return find(id).orElseThrow(() -> new Refused(ProblemType.UNKNOWN_SALE));
  }

  /** The same, with the promotion of which this node has heard last. */
  Sale current(String id) {
    Sale sale = require(id);
    List<Sale> all = sales.all();
    int place = Collections.binarySearch(all, sale, Comparator.comparing(Sale::id));
    return place < 0 ? sale : all.get(place);
  }

  /** The sale of an order; refuses an unknown one, so that no shard is asked in vain. May block. */
  Sale saleOf(OrderId order) {
    return find(order.sale().value())
        .filter(sale -> order.shard() < sale.terms().shards())
        .orElseThrow(() -> new Refused(ProblemType.UNKNOWN_ORDER));
  }

  /**
   * The sale that may have an order; empty where none of ours can, which the database has to say.
   * Refuses one of a sale that this node has not loaded yet. May block.
   */
  Optional<Sale> saleThatMayHave(OrderId order) {
    Optional<Sale> sale = find(order.sale().value());
    if (sale.isEmpty() && sales.isPublished(order.sale())) {
      throw new Refused(ProblemType.UNAVAILABLE, "This node has not loaded all sales yet.");
    }
    return sale.filter(it -> order.shard() < it.terms().shards());
  }

  private Optional<Sale> find(String id) {
    Sale sale = known.get(id);
    if (sale != null) {
      return Optional.of(sale);
    }
    Optional<Sale> found = SaleId.isValid(id) ? sales.find(new SaleId(id)) : Optional.empty();
    if (known.size() < MAX_KNOWN) {
      found.ifPresent(each -> known.put(id, each));
    }
    return found;
  }
}
