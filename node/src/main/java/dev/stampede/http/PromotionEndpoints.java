package dev.stampede.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.Sales;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.Optional;

/** From when sales are taken to be hot, as an operator changes it. Doing it again is harmless. */
final class PromotionEndpoints {

  private final Sales sales;
  private final Stock stock;
  private final SaleLookup lookup;

  /** From how long before it opens. */
  record Lead(@JsonProperty(required = true) int promoteSeconds) {}

  PromotionEndpoints(Sales sales, Stock stock, SaleLookup lookup) {
    this.sales = sales;
    this.stock = stock;
    this.lookup = lookup;
  }

  /** Refuses a sale that is over: nothing would come of it. */
  Reply promote(Call call) {
    Sale sale = lookup.require(call.part("sale"));
    Optional<Duration> promotion = promotion(sale, call.json(Lead.class));
    StockKey first = new StockKey(sale.id(), 0);
    Outcome outcome = stock.execute(first, new ShardCommand.Report()).join();
    if (!(outcome instanceof Outcome.Reported reported)) {
      return OutcomeReplies.of(first, sale.terms().price(), outcome);
    }
    return reported.report().phase() == SalePhase.CLOSED
        ? Problem.of(ProblemType.SALE_CLOSED, "Nobody will want it any more.")
        : changed(sale, promotion);
  }

  /** Also of a sale that was closed early: it would be hot until its time is over. */
  Reply demote(Call call) {
    return changed(lookup.require(call.part("sale")), Optional.empty());
  }

  private Answer changed(Sale sale, Optional<Duration> promotion) {
    return Answer.json(200, SaleJson.bytes(sales.promote(sale.id(), promotion)));
  }

  /** Within the same bounds as in a new sale. */
  private static Optional<Duration> promotion(Sale sale, Lead lead) {
    try {
      return sale.withPromotion(Optional.of(Duration.ofSeconds(lead.promoteSeconds()))).promotion();
    } catch (IllegalArgumentException e) {
      throw new Refused(ProblemType.SALE_INVALID, e.getMessage() + ".");
    }
  }
}
