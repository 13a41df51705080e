package dev.stampede.load.verdict;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.verdict.Violation.Kind;
import java.util.List;
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
    if (server.complete() && server.stable()) {
      databaseFollows();
    }
    long others = othersSold(own);
    soldAsTold(others);
    return oversold(others);
  }

  private void adds(String where, Figures figures) {
    if (!figures.addUp()) {
      findings.violation(Kind.UNBALANCED, "%s, %s: %s".formatted(audit.sale(), where, figures));
    }
  }

  private void databaseFollows() {
    if (!audit.grid().equals(audit.database())) {
      findings.violation(
          Kind.GRID_DATABASE_DIFFER,
          "%s: grid %s; database %s".formatted(audit.sale(), audit.grid(), audit.database()));
    }
    rows("sold", units(OrderState::isSold), audit.database().sold());
    rows("held", units(state -> state == OrderState.HELD), audit.database().held());
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
    return server.ordersOf(audit.sale()).stream()
        .filter(order -> states.test(OrderState.of(order.state())))
        .mapToLong(ServerOrder::quantity)
        .sum();
  }

  /** Units that buyers from outside this run have, beyond those sold before it. */
  private long othersSold(Predicate<ServerOrder> own) {
    if (!server.complete()) {
      return 0;
    }
    long theirs =
        server.ordersOf(audit.sale()).stream()
            .filter(order -> !own.test(order) && OrderState.of(order.state()).isSold())
            .mapToLong(ServerOrder::quantity)
            .sum();
    if (theirs != soldBefore) {
      findings.note(
          "%s: sold to others changed by %d during the run"
              .formatted(audit.sale(), theirs - soldBefore));
    }
    return theirs - soldBefore;
  }

  private void soldAsTold(long others) {
    Range told = Range.sold(purchases);
    long sold = audit.grid().sold() - soldBefore - others;
    if (!told.contains(sold)) {
      findings.violation(
          Kind.SOLD_DIFFERS,
          "%s: %d sold, buyers were told %s".formatted(audit.sale(), sold, told));
    }
  }

  private long oversold(long others) {
    List<Acknowledged> taking =
        purchases.stream()
            .filter(Acknowledged.class::isInstance)
            .map(Acknowledged.class::cast)
            .filter(Acknowledged::takesUnits)
            .toList();
    // What others bought meanwhile may have been cancelled since; only what they gained counts.
    long taken = soldBefore + Math.min(0, others) + Peak.of(taking);
    long beyond =
        Math.max(
            taken - audit.grid().issued(),
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
