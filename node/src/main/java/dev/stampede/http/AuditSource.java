package dev.stampede.http;

import dev.stampede.sale.SaleId;
import java.util.List;

/** Compares grid and database. Any thread may ask; blocks on both. */
@FunctionalInterface
public interface AuditSource {

  /**
   * The result of a new comparison: a record that Jackson writes as the API document says.
   *
   * @param sales only of these, which are published; empty for all
   */
  Object audit(List<SaleId> sales);
}
