package dev.stampede.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stampede.order.OrderId;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator ends an order that nobody has paid. Who did it, and why, goes to the log. */
final class EndOrder {

  private static final Logger LOG = LoggerFactory.getLogger(EndOrder.class);

  private static final int MAX_REASON = 200;

  private final Stock stock;
  private final SaleLookup lookup;

  /** Why the order is ended: 1 to {@value #MAX_REASON} characters in one line. */
  record Body(@JsonProperty(required = true) String reason) {}

  EndOrder(Stock stock, SaleLookup lookup) {
    this.stock = stock;
    this.lookup = lookup;
  }

  Reply end(Call call) {
    OrderId order = call.order();
    String reason = checked(call.json(Body.class).reason());
    Sale sale = lookup.saleOf(order);
    StockKey key = StockKey.of(order);
    Outcome outcome = stock.execute(key, new ShardCommand.EndOrder(order.key())).join();
    if (outcome instanceof Outcome.Cancelled it && !it.replayed()) {
      LOG.info("order {} was ended unpaid by {}: {}", order, call.buyer(), reason);
    }
    return OutcomeReplies.of(key, sale.terms().price(), outcome);
  }

  private static String checked(String reason) {
    boolean fits =
        !reason.isBlank()
            && reason.codePointCount(0, reason.length()) <= MAX_REASON
            && reason.codePoints().noneMatch(EndOrder::breaksLogs);
    if (!fits) {
      throw new Refused(
          ProblemType.BODY_MALFORMED,
          "The property \"reason\" must have 1 to " + MAX_REASON + " characters in one line.");
    }
    return reason;
  }

  private static boolean breaksLogs(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
