package dev.stampede.ops;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.StockKey;
import java.util.ArrayList;
import java.util.List;

/** The database's side of an audit, which notes of which sales it was asked for the orders. */
final class StoredRows implements Audit.StoredSide {
  private final List<AuditedShard> rows;
  final List<SaleId> read = new ArrayList<>();

  StoredRows(List<AuditedShard> rows) {
    this.rows = rows;
  }

  @Override
  public List<AuditedShard> shards(List<SaleId> only) {
    read.addAll(only);
    return rows.stream().filter(row -> only.isEmpty() || only.contains(row.key().sale())).toList();
  }

  @Override
  public List<StockKey> keys() {
    return rows.stream().map(AuditedShard::key).toList();
  }
}
