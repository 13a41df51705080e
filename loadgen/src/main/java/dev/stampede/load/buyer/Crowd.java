package dev.stampede.load.buyer;

import dev.stampede.load.http.Client;
import dev.stampede.load.plan.BuyerPlan;
import dev.stampede.load.plan.Mix;
import java.util.List;

/** Lets buyers in, one after the other, each with a plan of its own. On the loop's thread. */
public final class Crowd {
  private final Shop shop;
  private final Client client;
  private final List<SaleInfo> sales;
  private final Mix mix;
  private final String run;
  private final long seed;
  private final int maxInFlight;
  private long visiting;
  private boolean isOpen;
  private long opened;

  /**
   * @param run a name that no other run has; the purchases' keys begin with it
   * @param maxInFlight with so many requests in flight an arrival is dropped, and counted as such
   */
  public Crowd(
      Shop shop,
      Client client,
      List<SaleInfo> sales,
      Mix mix,
      String run,
      long seed,
      int maxInFlight) {
    this.shop = shop;
    this.client = client;
    this.sales = sales;
    this.mix = mix;
    this.run = run;
    this.seed = seed;
    this.maxInFlight = maxInFlight;
  }

  /** Arrival {@code n}, meant for {@code due}. */
  public void arrive(long n, long due) {
    if (client.inFlight() >= maxInFlight) {
      shop.record().notSent();
      return;
    }
    visit(n, due, () -> {});
  }

  /**
   * The closed model's user: comes again as soon as the last visit has ended, until told to stop.
   */
  public void comeAgain(Turns turns) {
    long n = turns.next();
    if (n >= 0) {
      visit(n, System.nanoTime(), () -> shop.loop().execute(() -> comeAgain(turns)));
    }
  }

  /** Numbers of visits; a negative one ends them. */
  @FunctionalInterface
  public interface Turns {
    long next();
  }

  private void visit(long n, long due, Runnable done) {
    shop.record().arrived();
    visiting++;
    if (!isOpen) {
      isOpen = true;
      opened = due;
    }
    BuyerPlan plan = mix.plan(seed, n, due - opened, sales.size(), shop.buyers().count());
    SaleInfo sale = sales.get(plan.sale());
    Runnable gone =
        () -> {
          visiting--;
          done.run();
        };
    new BuyerJourney(shop, sale, plan, run + "-" + n, gone).start(due);
  }

  /** Buyers who have not ended what they began. */
  public long visiting() {
    return visiting;
  }
}
