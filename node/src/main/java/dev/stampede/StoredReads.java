package dev.stampede;

import dev.stampede.http.OrderPages;
import dev.stampede.ops.Audit;
import dev.stampede.order.OrderId;
import dev.stampede.persistence.AuditTable;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.OrderTable;
import dev.stampede.persistence.StoredPage;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.StockKey;
import java.util.List;

/** What the HTTP layer and audits read from the database. Calls block. */
final class StoredReads {

  private StoredReads() {}

  /** The orders of a sale, page by page. */
  static OrderPages orders(Database database) {
    OrderTable table = new OrderTable(database);
    return (sale, query) -> {
      StoredPage page =
          table.page(
              sale,
              new OrderTable.Query(
                  query.shard(),
                  query.since(),
                  query.limit(),
                  query.after().map(OrderId::toString)));
      return new OrderPages.Page(
          page.orders().stream()
              .map(row -> new OrderPages.Row(row.id(), row.buyer(), row.quantity(), row.state()))
              .toList(),
          page.shards());
    };
  }

  /** The shards as the database has them, for audits. */
  static Audit.StoredSide audited(Database database) {
    AuditTable table = new AuditTable(database);
    return new Audit.StoredSide() {
      @Override
      public List<AuditedShard> shards(List<SaleId> sales) {
        return table.shards(sales);
      }

      @Override
      public List<StockKey> keys() {
        return table.keys();
      }
    };
  }
}
