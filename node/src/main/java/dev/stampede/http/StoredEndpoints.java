package dev.stampede.http;

import dev.stampede.order.OrderId;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StoredShard;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the database has of a sale, for operators and for those who check it. */
final class StoredEndpoints {

  private static final int MAX_PAGE = 10_000;
  private static final int USUAL_PAGE = 1_000;
  private static final int SHARD_BYTES = 300;

  private final OrderPages orders;
  private final StoredChanges changes;
  private final SaleLookup lookup;

  StoredEndpoints(HttpParts parts, SaleLookup lookup) {
    this.orders = parts.orders();
    this.changes = parts.changes();
    this.lookup = lookup;
  }

  Reply orders(Call call) {
    SaleId sale = lookup.require(call.part("sale")).id();
    int limit = call.limit(USUAL_PAGE, MAX_PAGE);
    Optional<OrderId> after =
        call.after().map(text -> OrderId.parse(text).orElseThrow(Call::badCursor));
    OptionalLong shard = call.number("shard", Short.MAX_VALUE);
    OptionalLong since = call.number("since", Long.MAX_VALUE);
    if (shard.isEmpty() && since.isPresent()) {
      throw new Refused(
          ProblemType.PARAMETER_INVALID, "since is a change of one shard: give shard, too.");
    }
    OptionalInt only =
        shard.isPresent() ? OptionalInt.of((int) shard.getAsLong()) : OptionalInt.empty();
    OrderPages.Query query = new OrderPages.Query(only, since.orElse(0), limit, after);
    return Answer.json(200, page(orders.page(sale, query), limit));
  }

  /** A shard after one of its changes, without the orders: other buyers' stand in it. */
  Reply change(Call call) {
    Sale sale = lookup.require(call.part("sale"));
    return key(sale, call.part("shard"))
        .flatMap(key -> change(key, call.part("seq")))
        .<Reply>map(change -> Answer.json(200, json(change)))
        .orElseGet(() -> Problem.of(ProblemType.UNKNOWN_CHANGE));
  }

  private static Optional<StockKey> key(Sale sale, String shard) {
    return Call.parse(shard, sale.terms().shards() - 1L).stream()
        .mapToObj(number -> new StockKey(sale.id(), (int) number))
        .findAny();
  }

  private Optional<ShardChange> change(StockKey key, String seq) {
    OptionalLong number = Call.parse(seq, Long.MAX_VALUE);
    return number.isPresent() ? changes.find(key, number.getAsLong()) : Optional.empty();
  }

  private static byte[] json(ShardChange change) {
    JsonBytes json = new JsonBytes(SHARD_BYTES);
    shard(
        json,
        new StoredShard(change.key(), change.seq(), change.chain(), change.header().counts()));
    return json.toBytes();
  }

  private static void shard(JsonBytes json, StoredShard shard) {
    ShardCounts counts = shard.counts();
    json.raw("{\"shard\":").number(shard.key().shard());
    json.raw(",\"seq\":").number(shard.seq());
    json.raw(",\"chain\":").string(shard.chain().toString());
    json.raw(",\"counts\":{\"issued\":").number(counts.issued());
    json.raw(",\"available\":").number(counts.available());
    json.raw(",\"held\":").number(counts.held());
    json.raw(",\"sold\":").number(counts.sold());
    json.raw(",\"withdrawn\":").number(counts.withdrawn()).raw("}}");
  }

  private static byte[] page(OrderPages.Page page, int limit) {
    JsonBytes json =
        new JsonBytes(64 + 160 * page.orders().size() + SHARD_BYTES * page.shards().size());
    json.raw("{\"orders\":[");
    String comma = "";
    for (OrderPages.Row row : page.orders()) {
      json.raw(comma).raw("{\"id\":").string(row.id().toString());
      json.raw(",\"buyer\":").string(row.buyer().value());
      json.raw(",\"quantity\":").number(row.quantity());
      json.raw(",\"state\":").string(row.state().name()).raw("}");
      comma = ",";
    }
    json.raw("],\"shards\":[");
    comma = "";
    for (StoredShard shard : page.shards()) {
      json.raw(comma);
      shard(json, shard);
      comma = ",";
    }
    json.raw("],\"next\":");
    if (page.orders().size() < limit) {
      return json.raw("null}").toBytes();
    }
    return json.string(page.orders().getLast().id().toString()).raw("}").toBytes();
  }
}
