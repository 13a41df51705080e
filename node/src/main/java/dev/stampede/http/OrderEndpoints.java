package dev.stampede.http;

import dev.stampede.order.OrderId;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;

/** What a buyer may do with an order of his own. Somebody else's does not exist for him. */
final class OrderEndpoints {

  private final Stock stock;
  private final SaleLookup lookup;

  OrderEndpoints(Stock stock, SaleLookup lookup) {
    this.stock = stock;
    this.lookup = lookup;
  }

  Reply one(Call call) {
    OrderId order = call.order();
    StockKey key = lookup.shardOf(order);
    Outcome outcome = stock.execute(key, new ShardCommand.Find(order.key())).join();
    boolean foreign =
        outcome instanceof Outcome.Found found && !found.order().buyer().equals(call.buyer());
    return foreign && !call.caller().admin()
        ? Problem.of(ProblemType.UNKNOWN_ORDER)
        : OutcomeReplies.of(key, outcome);
  }

  Reply cancel(Call call) {
    // Cancelling twice is harmless, but one rule for all calls is easier to keep.
    call.idempotencyKey();
    OrderId order = call.order();
    StockKey key = lookup.shardOf(order);
    return OutcomeReplies.of(
        key, stock.execute(key, new ShardCommand.Cancel(order.key(), call.buyer())).join());
  }
}
