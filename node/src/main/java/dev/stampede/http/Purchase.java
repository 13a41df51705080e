package dev.stampede.http;

import dev.stampede.order.BuyerId;
import dev.stampede.sale.Sale;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/sales/{sale}/orders}: the path that everything else makes way for. */
final class Purchase extends SaleExchange {

  private @Nullable BuyerId buyer;
  private @Nullable Sale sale;
  private @Nullable SaleShare share;
  private String idempotencyKey = "";
  private final BodyReader body = new BodyReader();

  Purchase(
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
    if (parts.running().isDraining()) {
      throw Problem.of(ProblemType.DRAINING).refused();
    }
    readBody();
  }

  /** Takes what has arrived; comes back here when more has. */
  private void readBody() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(Invocable.from(InvocationType.NON_BLOCKING, this::resume));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw new Refused(
            chunk.getFailure() instanceof TimeoutException
                ? ProblemType.REQUEST_TIMEOUT
                : ProblemType.REQUEST_MALFORMED);
      }
      boolean fits = body.add(chunk);
      boolean last = chunk.isLast();
      chunk.release();
      if (!fits) {
        throw new Refused(ProblemType.BODY_TOO_LARGE);
      }
      if (last) {
        ClientEndPoint.of(request).received();
        enter();
        return;
      }
    }
  }

  private void resume() {
    attempt(this::readBody);
  }

  /**
   * All of it is here. Only now does it take from the share of its sale, or who sends slowly would
   * keep others from buying; and only once its token is genuine, or anybody could. Verifying is
   * most of what a refusal costs, so where nothing is left to take, no token is looked at.
   */
  private void enter() {
    SaleShare known = parts.shares().known(saleId);
    if (known != null && parts.shares().isUsedUp(known, System.nanoTime())) {
      parts.heat().purchases().accept(saleId);
      refuseBusy();
      return;
    }
    buyer = parts.callers().identify(head).buyer();
    if (known == null || take(known)) {
      withSale();
    }
  }

  @Override
  void proceed(Sale sale) {
    if (share == null && !take(parts.shares().of(saleId, sale.tier()))) {
      return;
    }
    this.sale = sale;
    idempotencyKey = IdempotencyKeys.parse(head.idempotencyKey());
    head.requireJson();
    FrontConnector.jobsOf(request).add(() -> attempt(this::submit));
  }

  private boolean take(SaleShare wanted) {
    parts.heat().purchases().accept(saleId);
    if (parts.shares().take(wanted, System.nanoTime())) {
      share = wanted;
      return true;
    }
    refuseBusy();
    return false;
  }

  private void refuseBusy() {
    if (!parts.shares().tryPause()) {
      throw new Refused(ProblemType.SALE_BUSY);
    }
    body.clear(); // nobody will look at it, and 10,000 may wait
    SelectorJobs jobs = FrontConnector.jobsOf(request);
    FrontConnector.after(
        request, SaleShares.pause(), () -> jobs.add(() -> attempt(this::tellBusy)));
  }

  private void tellBusy() {
    parts.shares().paused();
    throw new Refused(ProblemType.SALE_BUSY);
  }

  @Override
  void giveBack() {
    SaleShare taken = share;
    share = null;
    if (taken != null) {
      taken.giveBack();
    }
  }

  private void submit() {
    int quantity = PurchaseBody.quantity(body.toBytes());
    Sale from = known(sale);
    BuyerId by = known(buyer);
    StockKey key = StockKey.home(from.id(), from.terms().shards(), by);
    ShardCommand.Reserve reserve =
        new ShardCommand.Reserve(
            parts.orderKeys().keyFor(from.id(), by, idempotencyKey), by, quantity);
    Duration wait = head.preferredWait();
    if (wait.isZero()) {
      answer(key, parts.stock().execute(key, reserve));
    } else {
      giveBack(); // who waits for the database is in nobody's way
      answer(key, parts.stock().executeDurably(key, reserve, wait));
    }
  }

  @Override
  Reply reply(StockKey key, Outcome outcome) {
    return outcome instanceof Outcome.Reserved reserved && !head.preferredWait().isZero()
        ? OutcomeReplies.waited(key, price, reserved)
        : super.reply(key, outcome);
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the head is read before the body");
    }
    return value;
  }
}
