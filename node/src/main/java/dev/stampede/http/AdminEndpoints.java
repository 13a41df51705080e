package dev.stampede.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderKeys;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.Sales;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** What an operator does with sales. */
final class AdminEndpoints {

  private static final int MAX_PAGE = 10_000;
  private static final int USUAL_PAGE = 1_000;

  private final Sales sales;
  private final Stock stock;
  private final OrderKeys keys;
  private final OrderPages orders;
  private final AuditSource audit;
  private final SaleLookup lookup;

  /** How many units to put on or take off a sale. */
  record Units(@JsonProperty(required = true) long quantity) {}

  AdminEndpoints(HttpParts parts, SaleLookup lookup) {
    this.sales = parts.sales();
    this.stock = parts.stock();
    this.keys = parts.orderKeys();
    this.orders = parts.orders();
    this.audit = parts.audit();
    this.lookup = lookup;
  }

  Reply publish(Call call) {
    Sale sale = call.json(SaleBody.class).sale();
    return switch (sales.publish(sale)) {
      case NEW -> published(201, sale);
      case SAME -> published(200, lookup.current(sale.id().value()));
      case TOO_SOON -> Problem.of(ProblemType.ROLL_UNFINISHED);
      case OTHER -> Problem.of(ProblemType.SALE_EXISTS);
    };
  }

  private static Answer published(int status, Sale sale) {
    HttpField location = new HttpField(HttpHeader.LOCATION, "/api/sales/" + sale.id());
    return new Answer(
        status, List.of(Answer.JSON, Answer.NO_STORE, location), SaleJson.bytes(sale));
  }

  Reply report(Call call) {
    return toAllShards(call, new ShardCommand.Report());
  }

  Reply freeze(Call call) {
    return toAllShards(call, new ShardCommand.Freeze(true));
  }

  Reply unfreeze(Call call) {
    return toAllShards(call, new ShardCommand.Freeze(false));
  }

  Reply close(Call call) {
    return toAllShards(call, new ShardCommand.Close());
  }

  Reply restock(Call call) {
    return adjust(call, "restock", ShardCommand.Restock::new);
  }

  Reply withdraw(Call call) {
    return adjust(call, "withdraw", ShardCommand.Withdraw::new);
  }

  Reply orders(Call call) {
    SaleId sale = lookup.require(call.part("sale")).id();
    int limit = call.limit(USUAL_PAGE, MAX_PAGE);
    Optional<OrderId> after =
        call.after().map(text -> OrderId.parse(text).orElseThrow(Call::badCursor));
    return Answer.json(200, page(orders.page(sale, limit, after), limit));
  }

  Reply audit(Call call) {
    return Answer.json(200, StrictJson.bytes(audit.audit()));
  }

  /**
   * Adjustments go to the first shard. Their name follows from admin, route and Idempotency-Key, so
   * that a repeated one changes nothing.
   */
  private Reply adjust(Call call, String what, BiFunction<String, Long, ShardCommand> command) {
    String idempotencyKey = call.idempotencyKey();
    Sale sale = lookup.require(call.part("sale"));
    long quantity = call.json(Units.class).quantity();
    if (quantity < 1 || quantity > Sale.MAX_QUANTITY) {
      throw new Refused(ProblemType.QUANTITY_INVALID);
    }
    String id = keys.keyFor(sale.id(), call.buyer(), what + " " + idempotencyKey).toString();
    StockKey first = new StockKey(sale.id(), 0);
    Outcome outcome = stock.execute(first, command.apply(id, quantity)).join();
    return outcome instanceof Outcome.Reported
        ? toAllShards(call, new ShardCommand.Report())
        : OutcomeReplies.of(first, sale.terms().price(), outcome);
  }

  /** Sends a command to every shard, and sums up how they stand. */
  private Reply toAllShards(Call call, ShardCommand command) {
    Sale sale = lookup.require(call.part("sale"));
    List<StockKey> shards = StockKey.all(sale.id(), sale.terms().shards());
    List<CompletableFuture<Outcome>> answers =
        shards.stream().map(shard -> stock.execute(shard, command)).toList();
    ShardCounts sum = ShardCounts.NONE;
    SalePhase phase = SalePhase.OPEN;
    for (int i = 0; i < shards.size(); i++) {
      Outcome outcome = answers.get(i).join();
      if (!(outcome instanceof Outcome.Reported reported)) {
        return OutcomeReplies.of(shards.get(i), sale.terms().price(), outcome);
      }
      sum = sum.plus(reported.report().counts());
      phase = reported.report().phase();
    }
    return Answer.json(200, SaleJson.bytes(sale.id(), phase, sum));
  }

  private static byte[] page(List<OrderPages.Row> rows, int limit) {
    JsonBytes json = new JsonBytes(64 + 160 * rows.size());
    json.raw("{\"orders\":[");
    String comma = "";
    for (OrderPages.Row row : rows) {
      json.raw(comma).raw("{\"id\":").string(row.id().toString());
      json.raw(",\"buyer\":").string(row.buyer().value());
      json.raw(",\"quantity\":").number(row.quantity());
      json.raw(",\"state\":").string(row.state().name()).raw("}");
      comma = ",";
    }
    json.raw("],\"next\":");
    if (rows.size() < limit) {
      return json.raw("null}").toBytes();
    }
    return json.string(rows.getLast().id().toString()).raw("}").toBytes();
  }
}
