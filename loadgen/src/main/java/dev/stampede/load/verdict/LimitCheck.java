package dev.stampede.load.verdict;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether any buyer of one sale has, or ever had at once, more units than the limit allows. */
final class LimitCheck {
  private final Findings findings;
  private final String sale;
  private final int limit;

  /**
   * @param limit units a buyer, at least 1
   */
  LimitCheck(Findings findings, String sale, int limit) {
    this.findings = findings;
    this.sale = sale;
    this.limit = limit;
  }

  /** By what the buyers were told: units surely theirs at one instant. */
  void atOnce(List<Purchase> purchases) {
    Map<String, List<Acknowledged>> byBuyer = new HashMap<>();
    for (Purchase purchase : purchases) {
      if (purchase instanceof Acknowledged order) {
        byBuyer.computeIfAbsent(order.buyer(), _ -> new ArrayList<>()).add(order);
      }
    }
    byBuyer.forEach((buyer, orders) -> over(buyer, Peak.of(orders), "was told of"));
  }

  /** By what the database has in the end, of all buyers. */
  void atTheEnd(List<ServerOrder> orders) {
    Map<String, Long> units = new HashMap<>();
    for (ServerOrder order : orders) {
      if (OrderState.of(order.state()).isLive()) {
        units.merge(order.buyer(), (long) order.quantity(), Long::sum);
      }
    }
    units.forEach((buyer, live) -> over(buyer, live, "has"));
  }

  /** By the servers' own count. */
  void inAudit(SaleAudit audit) {
    if (audit.buyersOverLimit() > 0) {
      findings.violation(
          Kind.OVER_LIMIT, "%s: audit counts %d buyers".formatted(sale, audit.buyersOverLimit()));
    }
  }

  private void over(String buyer, long units, String how) {
    if (units > limit) {
      findings.violation(
          Kind.OVER_LIMIT,
          "%s: %s %s %d at once, the limit is %d".formatted(sale, buyer, how, units, limit));
    }
  }
}
