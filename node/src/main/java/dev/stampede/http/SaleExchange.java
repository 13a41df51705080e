package dev.stampede.http;

import dev.stampede.sale.Money;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.StockKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An exchange about one sale that blocks no thread: it runs on Jetty's selector thread as far as it
 * gets, and goes back there to write the answer.
 */
abstract class SaleExchange extends Exchange {

  final String saleId;

  /** Of one unit; none before the sale is known. */
  Money price = Money.NONE;

  SaleExchange(
      FrontParts parts,
      HttpMetrics.Meters meters,
      Head head,
      String saleId,
      Request request,
      Response response,
      Callback callback) {
    super(parts, meters, head, request, response, callback);
    this.saleId = saleId;
  }

  /** Goes on with the sale: at once where it is known, else on a thread that may wait for it. */
  final void withSale() {
    Sale sale = parts.sales().known(saleId);
    if (sale != null) {
      begin(sale);
    } else {
      parts.blocking().execute(() -> attempt(() -> begin(parts.sales().require(saleId))));
    }
  }

  private void begin(Sale sale) {
    price = sale.terms().price();
    proceed(sale);
  }

  /** The next step, once the sale is known. */
  abstract void proceed(Sale sale);

  /** Answers with what a command comes to. */
  final void answer(StockKey key, CompletableFuture<Outcome> pending) {
    if (pending.isDone() && !pending.isCompletedExceptionally()) {
      send(reply(key, pending.join()));
    } else {
      SelectorJobs jobs = FrontConnector.jobsOf(request);
      var ignored =
          pending.whenComplete(
              (outcome, failure) -> jobs.add(() -> attempt(() -> end(key, outcome, failure))));
    }
  }

  /** What to say of an outcome. */
  Reply reply(StockKey key, Outcome outcome) {
    return OutcomeReplies.of(key, price, outcome);
  }

  private void end(StockKey key, Outcome outcome, @Nullable Throwable failure) {
    if (failure != null) {
      throw new CompletionException(failure);
    }
    send(reply(key, outcome));
  }
}
