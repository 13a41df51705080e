package dev.stampede.http;

import dev.stampede.order.OrderId;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.Receipt;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;

/** What a buyer may do with an order of his own. Somebody else's does not exist for him. */
final class OrderEndpoints {

  private final Stock stock;
  private final StoredChanges changes;
  private final SaleLookup lookup;

  OrderEndpoints(Stock stock, StoredChanges changes, SaleLookup lookup) {
    this.stock = stock;
    this.changes = changes;
    this.lookup = lookup;
  }

  Reply one(Call call) {
    OrderId order = call.order();
    Sale sale = lookup.saleOf(order);
    StockKey key = StockKey.of(order);
    return OutcomeReplies.of(key, sale.terms().price(), find(call, key, order));
  }

  private Outcome find(Call call, StockKey key, OrderId order) {
    Outcome outcome = stock.execute(key, new ShardCommand.Find(order.key())).join();
    boolean foreign =
        outcome instanceof Outcome.Found found && !found.order().buyer().equals(call.buyer());
    return foreign && !call.caller().admin() ? new Outcome.UnknownOrder() : outcome;
  }

  /** For the newest step of the order, which the database has to have first. */
  Reply receipt(Call call) {
    OrderId order = call.order();
    Sale sale = lookup.saleOf(order);
    StockKey key = StockKey.of(order);
    Outcome outcome = find(call, key, order);
    if (!(outcome instanceof Outcome.Found found)) {
      return OutcomeReplies.of(key, sale.terms().price(), outcome);
    }
    return changes
        .find(key, found.order().seq())
        .<Reply>map(change -> receipt(call, order, Receipt.of(change, order.key())))
        .orElseGet(() -> Problem.of(ProblemType.NOT_DURABLE_YET));
  }

  /** Other buyers' orders stand in the same change: only admins see all of it. */
  private static Reply receipt(Call call, OrderId order, Receipt receipt) {
    return Answer.json(200, ReceiptJson.bytes(order, receipt, call.caller().admin()));
  }

  Reply cancel(Call call) {
    // Cancelling twice is harmless, but one rule for all calls is easier to keep.
    call.idempotencyKey();
    OrderId order = call.order();
    Sale sale = lookup.saleOf(order);
    StockKey key = StockKey.of(order);
    return OutcomeReplies.of(
        key,
        sale.terms().price(),
        stock.execute(key, new ShardCommand.Cancel(order.key(), call.buyer())).join());
  }
}
