package dev.stampede.load.verdict;

import static java.util.stream.Collectors.groupingBy;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.RunResult;
import dev.stampede.load.verdict.Verdict.Result;
import dev.stampede.load.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Judges a run by its own record of what buyers were told. */
public final class Judge {
  private static final double MOST_NOT_SENT = 0.01;

  private final RunResult run;
  private final ServerPicture server;
  private final Predicate<ServerOrder> own;
  private final Findings findings = new Findings();
  private final Map<String, List<Purchase>> purchases;

  private Judge(RunResult run, Predicate<String> ownBuyer, ServerPicture server) {
    this.run = run;
    this.server = server;
    this.own = order -> ownBuyer.test(order.buyer()) && !server.earlier().contains(order.id());
    this.purchases = run.purchases().stream().collect(groupingBy(Purchase::sale));
  }

  /**
   * Judges.
   *
   * @param ownBuyer whether a buyer belongs to the run
   * @param limits the limit per buyer of each sale of the run, by sale id
   */
  public static Verdict judge(
      RunResult run,
      Predicate<String> ownBuyer,
      Map<String, Integer> limits,
      ServerPicture server) {
    return new Judge(run, ownBuyer, server).verdict(limits);
  }

  private Verdict verdict(Map<String, Integer> limits) {
    run.replayFaults().forEach(fault -> findings.violation(Kind.REPLAY_DIFFERS, fault));
    run.refundFaults().forEach(fault -> findings.violation(Kind.PAYMENT_REFUSED, fault));
    whole();
    List<SaleAudit> sales = new ArrayList<>();
    long oversold = 0;
    for (Map.Entry<String, Integer> sale : limits.entrySet()) {
      Optional<SaleAudit> audit = server.asked().sale(sale.getKey());
      if (audit.isEmpty()) {
        findings.violation(Kind.SALE_MISSING, sale.getKey());
        continue;
      }
      sales.add(server.after().sale(sale.getKey()).orElse(audit.get()));
      oversold += sale(audit.get(), sale.getValue());
    }
    boolean trusted = trusted();
    return new Verdict(result(trusted), findings.violations(), findings.notes(), sales, oversold);
  }

  /** What the servers found themselves, in any audit, and whether the database caught up. */
  private void whole() {
    Stream.of(server.asked(), server.after())
        .filter(audit -> !audit.balanced())
        .map(audit -> "audit: " + String.join(", ", audit.problems()))
        .distinct()
        .forEach(problems -> findings.violation(Kind.UNBALANCED, problems));
    if (server.complete()) {
      server
          .after()
          .behind(server.asked())
          .forEach(shard -> findings.violation(Kind.NOT_SETTLED, shard));
    }
  }

  private long sale(SaleAudit audit, int limit) {
    String sale = audit.sale();
    List<Purchase> bought = purchases.getOrDefault(sale, List.of());
    LimitCheck limits = new LimitCheck(findings, sale, limit);
    limits.atOnce(bought);
    limits.inAudit(audit);
    server.after().sale(sale).ifPresent(limits::inAudit);
    OrderCheck orders =
        new OrderCheck(
            findings,
            bought,
            server.asked().from().toEpochMilli(),
            server.after().to().toEpochMilli());
    orders.againstSamples(server.sampled());
    if (server.complete()) {
      limits.atTheEnd(server.ordersOf(sale));
      orders.againstList(server.ordersOf(sale), own);
    }
    undersold(audit);
    return new StockCheck(findings, server, audit, bought).check(own);
  }

  /**
   * Buyers turned away while units were there all the time: no fault of counting, but worth a look.
   */
  private void undersold(SaleAudit audit) {
    long refused = run.soldOut().getOrDefault(audit.sale(), 0L);
    boolean released =
        server.ordersOf(audit.sale()).stream()
            .map(order -> OrderState.of(order.state()))
            .anyMatch(state -> !state.isLive());
    if (server.complete() && refused > 0 && audit.grid().available() > 0 && !released) {
      findings.note(
          "%s: %d buyers were refused as sold out, yet %d units are left and none came back"
              .formatted(audit.sale(), refused, audit.grid().available()));
    }
  }

  private boolean trusted() {
    if (run.notSent() <= MOST_NOT_SENT * run.arrivals()) {
      return true;
    }
    findings.note(
        "%d of %d arrivals could not be sent: the rate was not reached"
            .formatted(run.notSent(), run.arrivals()));
    return false;
  }

  private Result result(boolean trusted) {
    if (!findings.violations().isEmpty()) {
      return Result.FAIL;
    }
    return trusted ? Result.PASS : Result.INVALID;
  }
}
