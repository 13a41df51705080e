package dev.stampede.load.server;

import dev.stampede.load.server.Inspector.OrderPage;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.ServerOrder;
import dev.stampede.load.verdict.ShardAudit;
import dev.stampede.load.verdict.ShardState;
import dev.stampede.load.verdict.StoredSale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the database has of a sale, consistently though it changes meanwhile.
 *
 * <p>Pages are read one after the other, so each is of another instant. But each says at which
 * change its shard was, and a shard's orders that a later change touched can be asked for. Those
 * are laid over the pages, again and again, until they fit into one page: then the orders of that
 * shard are what they were at the instant of that page. Each round reads only what changed during
 * the round before.
 */
final class StoredSales {
  private static final int ROUNDS = 50;

  private final Inspector inspector;

  StoredSales(Inspector inspector) {
    this.inspector = inspector;
  }

  /**
   * A sale as the database has it.
   *
   * @param asked says after which change of each shard the grid was seen
   * @throws ServerException where it changes faster than it can be read
   */
  StoredSale read(SaleAudit asked) {
    Map<String, ServerOrder> orders = new LinkedHashMap<>();
    OrderPage first = inspector.page(asked.sale(), "");
    boolean whole = readOn(asked.sale(), "", first, orders);
    List<ShardState> shards =
        whole
            ? first.shards()
            : first.shards().stream().map(shard -> catchUp(asked.sale(), shard, orders)).toList();
    return new StoredSale(shards, List.copyOf(orders.values()), audited(asked));
  }

  /** All orders, each as it was when its page was read. */
  List<ServerOrder> orders(String sale) {
    Map<String, ServerOrder> orders = new LinkedHashMap<>();
    boolean _ = readOn(sale, "", inspector.page(sale, ""), orders);
    return List.copyOf(orders.values());
  }

  /** Takes a page and all that follow it; whether it was the only one. */
  private boolean readOn(
      String sale, String query, OrderPage first, Map<String, ServerOrder> orders) {
    OrderPage page = first;
    page.orders().forEach(order -> orders.put(order.id(), order));
    while (page.next() != null) {
      page = inspector.page(sale, query + Inspector.after(page.next()));
      page.orders().forEach(order -> orders.put(order.id(), order));
    }
    return first.next() == null;
  }

  private ShardState catchUp(String sale, ShardState since, Map<String, ServerOrder> orders) {
    ShardState at = since;
    for (int round = 0; round < ROUNDS; round++) {
      String query = "&shard=" + at.shard() + "&since=" + at.seq();
      OrderPage changed = inspector.page(sale, query);
      boolean whole = readOn(sale, query, changed, orders);
      at = shard(changed, since.shard());
      if (whole) {
        return at;
      }
    }
    throw new ServerException(
        "the orders of %s/%d change faster than they can be read".formatted(sale, since.shard()));
  }

  private static ShardState shard(OrderPage page, int shard) {
    return page.shards().stream()
        .filter(each -> each.shard() == shard)
        .findFirst()
        .orElseThrow(() -> new ServerException("a page of orders lacks shard " + shard));
  }

  private List<ShardState> audited(SaleAudit asked) {
    List<ShardState> states = new ArrayList<>();
    for (ShardAudit shard : asked.shards()) {
      if (shard.gridSeq() > 0) {
        Optional<ShardState> change =
            inspector.change(asked.sale(), shard.shard(), shard.gridSeq());
        change.ifPresent(states::add);
      }
    }
    return states;
  }
}
