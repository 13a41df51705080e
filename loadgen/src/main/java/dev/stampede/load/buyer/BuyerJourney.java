package dev.stampede.load.buyer;

import dev.stampede.load.buyer.Resolution.GivenUp;
import dev.stampede.load.buyer.Resolution.Known;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import dev.stampede.load.plan.BuyerPlan;
import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Purchase.Acknowledged;
import java.util.function.Supplier;

/**
 * One buyer's visit: reads the sale, reads the stock, buys, then pays, cancels or leaves. A greedy
 * one sends as many purchases more as take it over its limit, all at once, so that they meet.
 */
final class BuyerJourney implements PurchaseFlow.Listener {
  private static final int OK = 200;
  private static final int MOST_GREEDY = 10;

  private final Shop shop;
  private final SaleInfo sale;
  private final BuyerPlan plan;
  private final String key;
  private final Runnable done;
  private boolean greedy;
  private int open;

  /**
   * @param key unique in all runs; the purchases' keys begin with it
   * @param done called once everything that the buyer began has ended
   */
  BuyerJourney(Shop shop, SaleInfo sale, BuyerPlan plan, String key, Runnable done) {
    this.shop = shop;
    this.sale = sale;
    this.plan = plan;
    this.key = key;
    this.done = done;
    this.greedy = plan.greedy();
  }

  /** Begins, as it was meant to at {@code due}. */
  void start(long due) {
    open = 1;
    read(() -> ShopCalls.sale(sale.id()), due, this::readStock);
  }

  private void readStock() {
    Runnable next = plan.readsOnly() ? this::endOne : () -> buy(0);
    read(() -> ShopCalls.stock(sale.id()), System.nanoTime(), next);
  }

  private void read(Supplier<Call> call, long due, Runnable next) {
    shop.record().began();
    shop.resolver()
        .resolve(
            Op.READ,
            call,
            due,
            resolution -> {
              shop.record().ended(outcome(resolution));
              next.run();
            });
  }

  private Outcome outcome(Resolution resolution) {
    return switch (resolution) {
      case GivenUp(Outcome outcome) -> outcome;
      case Known(Answered answer, boolean _) when answer.status() == OK -> Outcome.READ;
      case Known(Answered answer, boolean _) -> {
        shop.record().unexpected(Samples.of("reading", sale.id(), answer));
        yield Outcome.UNEXPECTED;
      }
    };
  }

  private void buy(int attempt) {
    new PurchaseFlow(shop, sale, plan, key + "-" + attempt, this).start(System.nanoTime());
  }

  @Override
  public void bought(int number, Acknowledged order, String token) {
    if (greedy) {
      greedy = false;
      int more = Math.min(MOST_GREEDY, sale.limitPerBuyer() / shop.quantity());
      open += more;
      for (int attempt = 1; attempt <= more; attempt++) {
        buy(attempt);
      }
    }
    decide(new OrderFate(shop, number, order, sale.price(), this::endOne), token);
  }

  private void decide(OrderFate fate, String token) {
    long pause = (long) (shop.think().toNanos() * plan.think());
    long due = System.nanoTime() + pause;
    switch (plan.then()) {
      case PAY -> shop.loop().after(pause, () -> fate.pay(due));
      case CANCEL -> shop.loop().after(pause, () -> fate.cancel(token, due));
      case LEAVE -> endOne();
    }
  }

  @Override
  public void notBought() {
    endOne();
  }

  private void endOne() {
    open--;
    if (open == 0) {
      done.run();
    }
  }
}
