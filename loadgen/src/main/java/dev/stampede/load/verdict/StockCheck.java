package dev.stampede.load.verdict;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.verdict.Violation.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sums of one sale: equations, grid against database, and both against what buyers were told.
 */
final class StockCheck {
  private final Findings findings;
  private final ServerPicture server;
  private final SaleAudit audit;
  private final List<Purchase> purchases;
  private final long soldBefore;

  StockCheck(Findings findings, ServerPicture server, SaleAudit audit, List<Purchase> purchases) {
    this.findings = findings;
    this.server = server;
    this.audit = audit;
    this.purchases = purchases;
    this.soldBefore =
        server.before().sale(audit.sale()).map(before -> before.grid().sold()).orElse(0L);
  }

  /**
   * Checks all.
   *
   * @param own whether an order is of a buyer of the run
   * @return units given away beyond those issued
   */
  long check(Predicate<ServerOrder> own) {
    adds("grid", audit.grid());
    adds("database", audit.database());
    Optional<StoredSale> stored = server.storedSale(audit.sale());
    if (stored.isEmpty()) {
      soldAsTold(audit.grid().sold() - soldBefore);
      return oversold(0, audit.grid());
    }
    Figures figures = stored.get().figures();
    adds("database, with its orders", figures);
    databaseFollows(stored.get());
    rows("sold", units(OrderState::isSold), figures.sold());
    rows("held", units(state -> state == OrderState.HELD), figures.held());
    long others = othersSold(own);
    soldAsTold(figures.sold() - others);
    noteOthers(others - soldBefore);
    return oversold(others - soldBefore, figures);
  }

  private void adds(String where, Figures figures) {
    if (!figures.addUp()) {
      findings.violation(Kind.UNBALANCED, "%s, %s: %s".formatted(audit.sale(), where, figures));
    }
  }

  /** Grid and database after the same change, whatever either has changed since. */
  private void databaseFollows(StoredSale stored) {
    for (ShardAudit grid : audit.shards()) {
      if (grid.gridSeq() == 0) {
        continue; // nothing has changed; the audit of the servers compares the two
      }
      Optional<ShardState> database =
          stored.audited().stream().filter(each -> each.shard() == grid.shard()).findFirst();
      if (database.isEmpty()) {
        missing(grid);
      } else if (!database.get().chain().equals(grid.gridChain())
          || !database.get().counts().equals(grid.grid())) {
        findings.violation(
            Kind.GRID_DATABASE_DIFFER,
            "%s/%d after change %d: grid %s; database %s"
                .formatted(
                    audit.sale(),
                    grid.shard(),
                    grid.gridSeq(),
                    words(grid.grid(), grid.gridChain()),
                    words(database.get().counts(), database.get().chain())));
      }
    }
  }

  private static String words(Figures figures, String chain) {
    return figures + ", hash " + chain;
  }

  /** A change that the database has not reached is told once, as being behind. */
  private void missing(ShardAudit grid) {
    boolean reached =
        server.after().sale(audit.sale()).stream()
            .flatMap(sale -> sale.shards().stream())
            .anyMatch(each -> each.shard() == grid.shard() && each.databaseSeq() >= grid.gridSeq());
    if (reached) {
      findings.violation(
          Kind.GRID_DATABASE_DIFFER,
          "%s/%d: the database does not have change %d of the grid"
              .formatted(audit.sale(), grid.shard(), grid.gridSeq()));
    }
  }

  private void rows(String what, long rows, long figure) {
    if (rows != figure) {
      findings.violation(
          Kind.UNBALANCED,
          "%s, database: order rows have %d %s, the stock row %d"
              .formatted(audit.sale(), rows, what, figure));
    }
  }

  private long units(Predicate<OrderState> states) {
    return units(order -> true, states);
  }

  private long units(Predicate<ServerOrder> whose, Predicate<OrderState> states) {
    return server.ordersOf(audit.sale()).stream()
        .filter(order -> whose.test(order) && states.test(OrderState.of(order.state())))
        .mapToLong(ServerOrder::quantity)
        .sum();
  }

  /** Units that buyers from outside this run have, those sold before it included. */
  private long othersSold(Predicate<ServerOrder> own) {
    return units(own.negate(), OrderState::isSold);
  }

  private void noteOthers(long more) {
    if (more != 0) {
      findings.note(
          "%s: sold to others changed by %d during the run".formatted(audit.sale(), more));
    }
  }

  private void soldAsTold(long sold) {
    Range told = Range.sold(purchases);
    if (!told.contains(sold)) {
      findings.violation(
          Kind.SOLD_DIFFERS,
          "%s: %d sold, buyers were told %s".formatted(audit.sale(), sold, told));
    }
  }

  private long oversold(long others, Figures last) {
    List<Acknowledged> taking =
        purchases.stream()
            .filter(Acknowledged.class::isInstance)
            .map(Acknowledged.class::cast)
            .filter(Acknowledged::takesUnits)
            .toList();
    // What others bought meanwhile may have been cancelled since; only what they gained counts.
    long taken = soldBefore + Math.min(0, others) + Peak.of(taking);
    long issued = Math.max(audit.grid().issued(), last.issued());
    long beyond =
        Math.max(
            Math.max(taken - issued, last.oversold()),
            Math.max(audit.grid().oversold(), audit.database().oversold()));
    if (beyond > 0) {
      findings.violation(
          Kind.OVERSOLD,
          "%s: %d units; up to %d live at once, grid %s"
              .formatted(audit.sale(), beyond, taken, audit.grid()));
    }
    return Math.max(0, beyond);
  }
}
