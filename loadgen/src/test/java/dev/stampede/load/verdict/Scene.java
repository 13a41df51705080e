package dev.stampede.load.verdict;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.Percentiles;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.RunResult;
import dev.stampede.load.record.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** A run and its servers, made up by a test; ten units, a limit of two, all well to begin with. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final List<Purchase> purchases = new ArrayList<>();
  final List<ServerOrder> orders = new ArrayList<>();
  final List<String> replayFaults = new ArrayList<>();
  final Map<String, String> sampled = new HashMap<>();
  Figures before = new Figures(10, 0, 0, 10, 0);
  Figures grid = before;
  Figures database = before;
  long buyersOverLimit;
  long refusedAsSoldOut;
  long notSent;
  boolean settled = true;
  boolean balanced = true;
  boolean complete = true;

  /** An order that is live from second 1 on, held until far from now. */
  static Acknowledged order(String id, String buyer, Told told) {
    long liveTo = told == Told.CANCELLED ? 2 : Long.MAX_VALUE;
    long until = NOW.plusSeconds(60).toEpochMilli();
    return new Acknowledged("shoe", buyer, 1, id, OrderState.HELD, told, 1, liveTo, until);
  }

  /** An acknowledged order, and the same in the database. */
  void bought(Acknowledged order, String state) {
    purchases.add(order);
    orders.add(new ServerOrder(order.order(), order.buyer(), order.quantity(), state));
  }

  /** Both sides have these units sold and held, the rest available. */
  void figures(long sold, long held) {
    grid = new Figures(10, sold, held, 10 - sold - held, 0);
    database = grid;
  }

  Verdict judge() {
    return Judge.judge(run(), buyer -> buyer.startsWith("b"), Map.of("shoe", 2), picture());
  }

  private ServerPicture picture() {
    return new ServerPicture(
        audit(before, before),
        audit(grid, database),
        complete,
        settled,
        complete ? Map.of("shoe", orders) : Map.of(),
        Set.of(),
        sampled);
  }

  private Audit audit(Figures inGrid, Figures inDatabase) {
    SaleAudit sale = new SaleAudit("shoe", balanced, buyersOverLimit, inGrid, inDatabase);
    return new Audit(NOW, balanced, settled, settled ? 0 : 3, List.of(sale), List.of());
  }

  private RunResult run() {
    return new RunResult(
        100,
        notSent,
        200,
        Map.of(Outcome.RESERVED, (long) purchases.size()),
        Map.of(),
        Map.of(),
        Percentiles.NONE,
        new Histogram(3),
        purchases,
        replayFaults,
        List.of(),
        Map.of("shoe", refusedAsSoldOut));
  }
}
