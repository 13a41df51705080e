package dev.stampede.load.server;

import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.verdict.Audit;
import dev.stampede.load.verdict.Figures;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.ServerOrder;
import dev.stampede.load.verdict.ServerPicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Takes the servers' picture for the verdict, once they have settled. On the main thread. */
public final class Photographer {
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
  private static final int TRIES = 5;
  private static final int SAMPLE = 1000;

  private final Inspector inspector;
  private final List<String> sales;
  private final Consumer<String> progress;

  /**
   * @param progress hears from time to time what is being waited for
   */
  public Photographer(Inspector inspector, List<String> sales, Consumer<String> progress) {
    this.inspector = inspector;
    this.sales = sales;
    this.progress = progress;
  }

  /**
   * Waits until the database has everything, at most so long.
   *
   * @param untilExpired waits also until no hold is left
   * @param stopped ends the wait
   */
  public void settle(Duration limit, boolean untilExpired, BooleanSupplier stopped) {
    long until = System.nanoTime() + limit.toNanos();
    while (!stopped.getAsBoolean()) {
      Audit audit = inspector.audit();
      long held = untilExpired ? held(audit) : 0;
      if ((audit.settled() && held == 0) || System.nanoTime() - until > 0) {
        return;
      }
      progress.accept(
          "settling: backlog %d".formatted(audit.backlog())
              + (untilExpired ? ", held " + held : ""));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private long held(Audit audit) {
    return sales.stream()
        .flatMap(sale -> audit.sale(sale).stream())
        .mapToLong(sale -> sale.grid().held() + sale.database().held())
        .sum();
  }

  /** The picture with every order; tries a few times to catch a moment in which nothing moves. */
  public ServerPicture whole(Audit before, Set<String> earlier, List<Purchase> purchases) {
    Map<String, String> sampled = sample(purchases);
    for (int tried = 1; ; tried++) {
      Audit first = inspector.audit();
      Map<String, List<ServerOrder>> orders = orders();
      Audit after = inspector.audit();
      boolean stable = first.settled() && after.settled() && figures(first).equals(figures(after));
      if (stable || tried == TRIES) {
        return new ServerPicture(before, after, true, stable, orders, earlier, sampled);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The picture without the database, which nobody has waited for. */
  public ServerPicture gridOnly(Audit before, Set<String> earlier, List<Purchase> purchases) {
    Map<String, String> sampled = sample(purchases);
    return new ServerPicture(before, inspector.audit(), false, false, Map.of(), earlier, sampled);
  }

  private Map<String, List<ServerOrder>> orders() {
    Map<String, List<ServerOrder>> orders = new HashMap<>();
    for (String sale : sales) {
      progress.accept("verifying: orders of " + sale);
      orders.put(sale, inspector.orders(sale));
    }
    return orders;
  }

  private List<List<Figures>> figures(Audit audit) {
    return sales.stream()
        .flatMap(sale -> audit.sale(sale).stream())
        .map((SaleAudit sale) -> List.of(sale.grid(), sale.database()))
        .toList();
  }

  private Map<String, String> sample(List<Purchase> purchases) {
    List<String> orders = new ArrayList<>();
    for (Purchase purchase : purchases) {
      if (purchase instanceof Acknowledged acknowledged) {
        orders.add(acknowledged.order());
      }
    }
    Collections.shuffle(orders, new Random(SAMPLE));
    progress.accept("verifying: a sample of single orders");
    return inspector.states(orders.subList(0, Math.min(SAMPLE, orders.size())));
  }
}
