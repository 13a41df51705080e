package dev.stampede.http;

import dev.stampede.sale.HotSpell;
import dev.stampede.sale.SaleId;
import java.util.List;
import java.util.Optional;

/** What was hot, page by page. Any thread may ask; blocks on the database. */
@FunctionalInterface
public interface HotHistory {

  /**
   * The next spells, the newest first.
   *
   * @param sale of which sale; empty for all
   * @param limit how many at most, 1 or more
   * @param after the place of the last one of the page before; empty for the first page
   */
  List<HotSpell> page(Optional<SaleId> sale, int limit, Optional<HotSpell.Place> after);
}
