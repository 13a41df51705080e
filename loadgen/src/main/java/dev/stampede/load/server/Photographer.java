package dev.stampede.load.server;

import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.verdict.Audit;
import dev.stampede.load.verdict.SaleAudit;
import dev.stampede.load.verdict.ServerPicture;
import dev.stampede.load.verdict.StoredSale;
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

/**
 * Takes the servers' picture for the verdict. They go on while it is taken: holds end, others buy.
 * So it asks the grid once, and then waits until the database has come as far as the grid was then,
 * never until both are equal. On the main thread.
 */
public final class Photographer {
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
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

  /** What was looked at before the run, and what is compared with it. */
  public record Run(Audit before, Set<String> earlier, List<Purchase> purchases) {}

  /**
   * The whole picture.
   *
   * @param limit how long to wait for holds, and then for the database, in all
   * @param untilExpired waits first until no hold is left
   * @param stopped ends the wait
   */
  public ServerPicture whole(
      Run run, Duration limit, boolean untilExpired, BooleanSupplier stopped) {
    long until = System.nanoTime() + limit.toNanos();
    BooleanSupplier over = () -> stopped.getAsBoolean() || System.nanoTime() - until > 0;
    progress.accept("verifying: audit");
    Audit asked = inspector.audit(sales);
    while (untilExpired && held(asked) > 0 && !over.getAsBoolean()) {
      progress.accept("settling: held " + held(asked));
      LockSupport.parkNanos(PAUSE_NANOS);
      asked = inspector.audit(sales);
    }
    awaitStored(asked, over);
    Map<String, String> sampled = sample(run.purchases());
    Map<String, StoredSale> stored = stored(asked);
    Audit after = inspector.audit(sales);
    return new ServerPicture(run.before(), asked, after, true, stored, run.earlier(), sampled);
  }

  private void awaitStored(Audit asked, BooleanSupplier over) {
    List<String> behind = asked.behind(asked);
    while (!behind.isEmpty() && !over.getAsBoolean()) {
      progress.accept("settling: " + behind.getFirst());
      LockSupport.parkNanos(PAUSE_NANOS);
      behind = inspector.audit(sales).behind(asked);
    }
  }

  private static long held(Audit audit) {
    return audit.sales().stream()
        .mapToLong(sale -> sale.grid().held() + sale.database().held())
        .sum();
  }

  /** The picture without the database, which nobody has waited for. */
  public ServerPicture gridOnly(Run run) {
    Audit asked = inspector.audit(sales);
    Map<String, String> sampled = sample(run.purchases());
    Audit after = inspector.audit(sales);
    return new ServerPicture(run.before(), asked, after, false, Map.of(), run.earlier(), sampled);
  }

  private Map<String, StoredSale> stored(Audit asked) {
    StoredSales reader = new StoredSales(inspector);
    Map<String, StoredSale> stored = new HashMap<>();
    for (SaleAudit sale : asked.sales()) {
      progress.accept("verifying: orders of " + sale.sale());
      stored.put(sale.sale(), reader.read(sale));
    }
    return stored;
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
