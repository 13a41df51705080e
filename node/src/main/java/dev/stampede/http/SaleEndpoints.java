package dev.stampede.http;

import dev.stampede.sale.Sale;
import dev.stampede.sale.Sales;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** The static part of sales, for everybody and for caches. */
final class SaleEndpoints {

  private static final int USUAL_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  private static final HttpField A_MINUTE =
      Answer.fixed(HttpHeader.CACHE_CONTROL, "public, max-age=60");

  /** New sales should be seen soon. */
  private static final HttpField ASK_AGAIN = Answer.fixed(HttpHeader.CACHE_CONTROL, "no-cache");

  private final Sales sales;
  private final SaleLookup lookup;
  private final Consumer<String> reads;

  SaleEndpoints(Sales sales, SaleLookup lookup, Consumer<String> reads) {
    this.sales = sales;
    this.lookup = lookup;
    this.reads = reads;
  }

  Reply one(Call call) {
    Sale sale = lookup.current(call.part("sale"));
    reads.accept(sale.id().value());
    byte[] body = SaleJson.bytes(sale);
    return cacheable(call, body, A_MINUTE, Optional.empty());
  }

  Reply list(Call call) {
    int limit = call.limit(USUAL_LIMIT, MAX_LIMIT);
    String after = call.after().orElse("");
    List<Sale> rest =
        sales.all().stream().filter(sale -> sale.id().value().compareTo(after) > 0).toList();
    List<Sale> page = rest.subList(0, Math.min(limit, rest.size()));
    JsonBytes json = new JsonBytes(64 + 512 * page.size());
    json.raw("{\"sales\":[");
    String comma = "";
    for (Sale sale : page) {
      json.raw(comma).raw(SaleJson.bytes(sale));
      comma = ",";
    }
    json.raw("],\"next\":");
    if (page.size() == rest.size()) {
      return cacheable(call, json.raw("null}").toBytes(), ASK_AGAIN, Optional.empty());
    }
    String next = page.getLast().id().value();
    json.string(next).raw("}");
    return cacheable(call, json.toBytes(), ASK_AGAIN, Optional.of(link(limit, next)));
  }

  private static HttpField link(int limit, String next) {
    return new HttpField(
        HttpHeader.LINK, "</api/sales?limit=" + limit + "&after=" + next + ">; rel=\"next\"");
  }

  private static Answer cacheable(
      Call call, byte[] body, HttpField howLong, Optional<HttpField> link) {
    EntityTag tag = EntityTag.of(body);
    HttpField etag = tag.field();
    if (tag.isKnown(call)) {
      return Answer.empty(304, etag, howLong);
    }
    return link.isEmpty()
        ? new Answer(200, List.of(Answer.JSON, etag, howLong), body)
        : new Answer(200, List.of(Answer.JSON, etag, howLong, link.get()), body);
  }
}
