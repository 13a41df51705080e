package dev.stampede.grid;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.stampede.persistence.SaleTable;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Sales;
import dev.stampede.sale.Tier;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The published sales: in the database first, then in the grid, then in every node's near cache.
 *
 * <p>The list of all sales is a copy, so that asking for it costs the grid nothing. Whoever keeps
 * the time refreshes it about once a second, and soon after another node has changed a sale.
 */
final class GridSales implements Sales {

  private final IMap<SaleId, Sale> map;
  private final SaleTable table;
  private final BooleanSupplier tiersKnown;
  private volatile Known known = new Known(List.of());
  private volatile boolean stale;

  /** All sales as they were a moment ago: in the order of their names, and each by its name. */
  private record Known(List<Sale> all, Map<SaleId, Sale> byId) {
    private Known(List<Sale> all) {
      this(all, all.stream().collect(Collectors.toUnmodifiableMap(Sale::id, sale -> sale)));
    }
  }

  /**
   * Sales that are not looked at yet.
   *
   * @param tiersKnown whether every node would look for a dedicated sale's stock where it is
   */
  GridSales(IMap<SaleId, Sale> map, SaleTable table, BooleanSupplier tiersKnown) {
    this.map = map;
    this.table = table;
    this.tiersKnown = tiersKnown;
  }

  /** From now on this node is told of what others change. */
  void begin() {
    UUID _ = map.addEntryListener(new Changes(), false);
  }

  /** Whether a sale was changed after the list was looked at. */
  boolean isStale() {
    return stale;
  }

  @Override
  public Optional<Sale> find(SaleId id) {
    Sale sale = known.byId().get(id);
    // A node that hangs may own the entry, and a freeze of the sale must not wait for that node.
    return Optional.ofNullable(sale != null ? sale : map.get(id));
  }

  @Override
  public boolean isPublished(SaleId id) {
    return table.exists(id);
  }

  @Override
  public List<Sale> all() {
    return known.all();
  }

  @Override
  public List<Sale> current() {
    refresh();
    return all();
  }

  @Override
  public Published publish(Sale sale) {
    if (sale.tier() == Tier.DEDICATED && !tiersKnown.getAsBoolean()) {
      return Published.TOO_SOON;
    }
    Published published = table.publish(sale);
    if (published != Published.OTHER) {
      settle(sale.id());
    }
    return published;
  }

  @Override
  public Sale promote(SaleId id, Optional<Duration> promotion) {
    table.promote(id, promotion);
    return settle(id);
  }

  /**
   * Brings a sale into the grid as the database has it. Several nodes may do so at once, each with
   * what it has just stored: whoever is the last to put it in looks afterwards whether the database
   * still says so. Thus the two agree in the end, whatever the order.
   */
  private Sale settle(SaleId id) {
    Sale stored = table.find(id);
    Sale put;
    do {
      put = stored;
      map.set(id, put);
      stored = table.find(id);
    } while (!stored.equals(put));
    refresh();
    return stored;
  }

  /**
   * Brings what the database has into the grid: at start, and after nodes were lost. Blocks.
   *
   * <p>A sale that is there in another form, and is put right, came through a node of a build that
   * does not know all of it, or a node died before it could tell of a promotion.
   */
  void reload() {
    table.all().forEach(this::reload);
    refresh();
  }

  private void reload(Sale sale) {
    Sale there = map.putIfAbsent(sale.id(), sale);
    if (there != null && !there.equals(sale)) {
      settle(sale.id());
    }
  }

  /** Looks at the grid's list anew. One at a time, so that no older list follows a newer one. */
  synchronized void refresh() {
    stale = false;
    known = new Known(map.values().stream().sorted(Comparator.comparing(Sale::id)).toList());
  }

  private final class Changes
      implements EntryAddedListener<SaleId, Sale>, EntryUpdatedListener<SaleId, Sale> {
    @Override
    public void entryAdded(EntryEvent<SaleId, Sale> event) {
      stale = true;
    }

    @Override
    public void entryUpdated(EntryEvent<SaleId, Sale> event) {
      stale = true;
    }
  }
}
