package dev.stampede.http;

import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Sales;
import dev.stampede.sale.Tier;
import dev.stampede.stock.InMemoryStock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Sales without a grid. */
final class InMemorySales implements Sales {

  private final Map<SaleId, Sale> sales = new ConcurrentSkipListMap<>();
  private final InMemoryStock stock;

  /** Whether a dedicated sale can be published. */
  volatile boolean tiersKnown = true;

  InMemorySales(InMemoryStock stock) {
    this.stock = stock;
  }

  /** A sale that the database has and this node has not loaded yet; null for none. */
  volatile @Nullable SaleId unseen;

  @Override
  public Optional<Sale> find(SaleId id) {
    return Optional.ofNullable(id.equals(unseen) ? null : sales.get(id));
  }

  @Override
  public boolean isPublished(SaleId id) {
    return sales.containsKey(id);
  }

  @Override
  public List<Sale> all() {
    return List.copyOf(sales.values());
  }

  @Override
  public List<Sale> current() {
    return all();
  }

  @Override
  public Published publish(Sale sale) {
    if (sale.tier() == Tier.DEDICATED && !tiersKnown) {
      return Published.TOO_SOON;
    }
    Sale before = sales.putIfAbsent(sale.id(), sale);
    if (before != null) {
      return sale.withPromotion(before.promotion()).equals(before)
          ? Published.SAME
          : Published.OTHER;
    }
    stock.publish(sale);
    return Published.NEW;
  }

  @Override
  public Sale promote(SaleId id, Optional<Duration> promotion) {
    return Objects.requireNonNull(
        sales.computeIfPresent(id, (_, sale) -> sale.withPromotion(promotion)));
  }
}
