package dev.stampede.http;

import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockView;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /api/sales/{sale}/stock}: the views of all shards of a sale in one. */
final class StockRead extends SaleExchange {

  private static final ShardCommand VIEW = new ShardCommand.View();

  StockRead(
      FrontParts parts,
      HttpMetrics.Meters meters,
      Head head,
      String saleId,
      Request request,
      Response response,
      Callback callback) {
    super(parts, meters, head, saleId, request, response, callback);
  }

  @Override
  void begin() {
    withSale();
  }

  @Override
  void proceed(Sale sale) {
    parts.heat().reads().accept(sale.id().value());
    StockKey first = new StockKey(sale.id(), 0);
    CompletableFuture<Outcome> sum = parts.stock().execute(first, VIEW);
    for (int shard = 1; shard < sale.terms().shards(); shard++) {
      StockKey next = new StockKey(sale.id(), shard);
      sum = sum.thenCombine(parts.stock().execute(next, VIEW), StockRead::plus);
    }
    answer(first, sum);
  }

  /** The sum of two views; where one of them is none, that one, as it says why. */
  private static Outcome plus(Outcome one, Outcome other) {
    if (one instanceof Outcome.Viewed(StockView a)
        && other instanceof Outcome.Viewed(StockView b)) {
      return new Outcome.Viewed(
          new StockView(
              a.available() + b.available(),
              a.phase(),
              a.seq() + b.seq(),
              Math.max(a.at(), b.at())));
    }
    return one instanceof Outcome.Viewed ? other : one;
  }
}
