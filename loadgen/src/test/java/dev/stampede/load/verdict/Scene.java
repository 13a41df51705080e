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
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** A run and its servers, made up by a test; ten units, a limit of two, all well to begin with. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** When the last order was looked at. */
  static final Instant LAST = NOW.plusSeconds(100);

  static final String CHAIN = "ab";
  private static final long ASKED = 7;
  private static final long STORED = 9;

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
  boolean stored = true;
  boolean balanced = true;
  String storedChain = CHAIN;

  /** What the database says of the change that the grid was at; empty: the same. */
  Optional<Figures> storedThen = Optional.empty();

  boolean complete = true;

  /** An order that is live from second 1 on, held until far from now. */
  static Acknowledged order(String id, String buyer, Told told) {
    long liveTo = told == Told.CANCELLED ? 2 : Long.MAX_VALUE;
    long until = NOW.plusSeconds(600).toEpochMilli();
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
    StoredSale sale =
        new StoredSale(
            List.of(new ShardState(0, STORED, CHAIN, database)),
            orders,
            stored
                ? List.of(new ShardState(0, ASKED, storedChain, storedThen.orElse(grid)))
                : List.of());
    return new ServerPicture(
        audit(before, before, 0),
        audit(grid, database, ASKED - 1),
        audit(grid, database, stored ? STORED : ASKED - 1),
        complete,
        complete ? Map.of("shoe", sale) : Map.of(),
        Set.of(),
        sampled);
  }

  private Audit audit(Figures inGrid, Figures inDatabase, long databaseSeq) {
    ShardAudit shard = new ShardAudit(0, ASKED, CHAIN, databaseSeq, inGrid, inDatabase);
    SaleAudit sale =
        new SaleAudit("shoe", balanced, buyersOverLimit, inGrid, inDatabase, List.of(shard));
    return new Audit(NOW, LAST, balanced, List.of(sale), List.of());
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
        List.of(),
        Map.of("shoe", refusedAsSoldOut));
  }
}
