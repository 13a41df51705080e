package dev.stampede.ops;

import dev.stampede.ops.AuditReport.SaleAudit;
import dev.stampede.ops.AuditReport.ShardAudit;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Sales;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the stock of all sales in the grid with the same stock in the database. May run at any
 * moment, while purchases go on: equality is asked for only of shards that are settled.
 */
public final class Audit {

  private final Sales sales;
  private final Stock stock;
  private final Function<StockKey, String> owners;
  private final StoredSide database;
  private final ShardClocks clocks;
  private final Clock clock;

  /**
   * An audit of these parts.
   *
   * @param owners where the owner of a shard is, for people; must not block
   * @param database the shards as the database has them
   * @param clocks finds shards whose time is ahead
   */
  public Audit(
      Sales sales,
      Stock stock,
      Function<StockKey, String> owners,
      StoredSide database,
      ShardClocks clocks,
      Clock clock) {
    this.sales = sales;
    this.stock = stock;
    this.owners = owners;
    this.database = database;
    this.clocks = clocks;
    this.clock = clock;
  }

  /** The database's side. Blocks and may throw. */
  public interface StoredSide {

    /** The shards of these sales, or of all where none is named, with the sums of their orders. */
    List<AuditedShard> shards(List<SaleId> sales);

    /** The names of all shards of all sales. */
    List<StockKey> keys();
  }

  /**
   * Asks every shard of some sales or of all, and the database. Blocks; for as long as the database
   * needs to add up all orders of these sales.
   *
   * <p>The order matters: a sale published meanwhile is in the later answers only, and a change
   * stored meanwhile leaves the grid ahead, as it should be.
   *
   * @param only published sales; empty for all
   * @throws AuditUnavailable where a shard gives no answer
   */
  public AuditReport run(List<SaleId> only) {
    List<Sale> published =
        only.isEmpty()
            ? sales.current()
            : only.stream().flatMap(id -> sales.find(id).stream()).toList();
    List<StockKey> keys = database.keys();
    List<AuditedShard> stored = database.shards(only);
    Map<StockKey, ShardReport> grid = reports(published);
    List<String> further = new ArrayList<>(clocks.ahead(clock.instant()));
    keys.forEach(key -> stray(key).ifPresent(further::add));
    return compare(clock.instant(), published, owners, grid, stored, further);
  }

  /** What is wrong with a shard that the database has and the grid does not ask for. */
  private Optional<String> stray(StockKey key) {
    Optional<Sale> sale = sales.find(key.sale());
    if (sale.isEmpty()) {
      return Optional.of(key + ": database: a sale that the grid does not know");
    }
    int shards = sale.get().terms().shards();
    return key.shard() < shards
        ? Optional.empty()
        : Optional.of(key + ": database: the sale has " + shards + " shards, none of this number");
  }

  private Map<StockKey, ShardReport> reports(List<Sale> published) {
    Map<StockKey, CompletableFuture<Outcome>> asked = new LinkedHashMap<>();
    for (Sale sale : published) {
      for (StockKey key : StockKey.all(sale.id(), sale.terms().shards())) {
        asked.put(key, stock.execute(key, new ShardCommand.Report()));
      }
    }
    Map<StockKey, ShardReport> reports = new HashMap<>();
    asked.forEach((key, answer) -> reports.put(key, report(key, answer.join())));
    return reports;
  }

  private static ShardReport report(StockKey key, Outcome outcome) {
    if (outcome instanceof Outcome.Reported reported) {
      return reported.report();
    }
    throw new AuditUnavailable(key + " gives no report: " + outcome);
  }

  /**
   * The comparison itself. Pure.
   *
   * @param published all sales
   * @param owners where the owner of each of their shards is
   * @param grid a report of each of their shards
   * @param stored the shards that the database has
   * @param further problems found before
   */
  static AuditReport compare(
      Instant at,
      List<Sale> published,
      Function<StockKey, String> owners,
      Map<StockKey, ShardReport> grid,
      List<AuditedShard> stored,
      List<String> further) {
    Map<StockKey, AuditedShard> byKey =
        stored.stream().collect(Collectors.toMap(AuditedShard::key, Function.identity()));
    List<SaleAudit> audits =
        published.stream().map(sale -> compareSale(sale, owners, grid, byKey)).toList();
    List<String> problems = new ArrayList<>(further);
    audits.forEach(audit -> problems.addAll(problems(audit)));
    long backlog = audits.stream().mapToLong(Audit::backlog).sum();
    boolean settled =
        audits.stream()
            .flatMap(audit -> audit.shards().stream())
            .allMatch(shard -> shard.gridSeq() == shard.databaseSeq());
    long setAside = stored.stream().mapToLong(AuditedShard::setAside).sum();
    return new AuditReport(
        at, problems.isEmpty(), settled, backlog, setAside, audits, List.copyOf(problems));
  }

  private static SaleAudit compareSale(
      Sale sale,
      Function<StockKey, String> owners,
      Map<StockKey, ShardReport> grid,
      Map<StockKey, AuditedShard> stored) {
    List<ShardAudit> shards = new ArrayList<>();
    long overLimitInGrid = 0;
    long overLimitInDatabase = 0;
    for (StockKey key : StockKey.all(sale.id(), sale.terms().shards())) {
      ShardReport report = grid.get(key);
      if (report == null) {
        throw new IllegalArgumentException("no report of " + key);
      }
      Optional<AuditedShard> row = Optional.ofNullable(stored.get(key));
      shards.add(ShardComparison.compare(key, owners.apply(key), report, row));
      overLimitInGrid += report.buyersOverLimit();
      overLimitInDatabase += row.map(AuditedShard::buyersOverLimit).orElse(0L);
    }
    return new SaleAudit(
        sale.id().value(),
        shards.stream().allMatch(shard -> shard.problems().isEmpty()),
        sale.terms().limitPerBuyer(),
        Math.max(overLimitInGrid, overLimitInDatabase),
        sum(shards, ShardAudit::grid),
        sum(shards, ShardAudit::database),
        List.copyOf(shards));
  }

  private static ShardCounts sum(List<ShardAudit> shards, Function<ShardAudit, ShardCounts> side) {
    return shards.stream().map(side).reduce(ShardCounts.NONE, ShardCounts::plus);
  }

  private static List<String> problems(SaleAudit sale) {
    return sale.shards().stream()
        .flatMap(shard ->
            shard.problems().stream()
                .map(problem -> sale.sale() + "/" + shard.shard() + ": " + problem))
        .toList();
  }

  private static long backlog(SaleAudit sale) {
    return sale.shards().stream()
        .mapToLong(shard -> Math.max(0, shard.gridSeq() - shard.databaseSeq()))
        .sum();
  }
}
