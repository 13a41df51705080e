package dev.stampede.ops;

import dev.stampede.ops.AuditReport.ShardAudit;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.StockKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One shard as the grid has it against the same shard as the database has it. Pure.
 *
 * <p>The database is read before the grid, so it may be behind (its backlog) but never ahead.
 */
final class ShardComparison {

  private static final String GRID = "grid: ";
  private static final String DATABASE = "database: ";

  private final StockKey key;
  private final String owner;
  private final ShardReport grid;
  private final Optional<AuditedShard> database;
  private final List<String> problems = new ArrayList<>();

  private ShardComparison(
      StockKey key, String owner, ShardReport grid, Optional<AuditedShard> database) {
    this.key = key;
    this.owner = owner;
    this.grid = grid;
    this.database = database;
  }

  /** What the comparison finds; {@code database} is empty where it has no such shard. */
  static ShardAudit compare(
      StockKey key, String owner, ShardReport grid, Optional<AuditedShard> database) {
    return new ShardComparison(key, owner, grid, database).audit();
  }

  private ShardAudit audit() {
    checkUnits(GRID, grid.counts());
    checkLimit(GRID, grid.buyersOverLimit());
    database.ifPresentOrElse(this::checkStored, () -> problems.add(DATABASE + "no such shard"));
    return new ShardAudit(
        key.shard(),
        owner,
        grid.seq(),
        grid.chain().toString(),
        database.map(AuditedShard::seq).orElse(0L),
        grid.counts(),
        database.map(AuditedShard::counts).orElse(ShardCounts.NONE),
        List.copyOf(problems));
  }

  private void checkStored(AuditedShard stored) {
    checkUnits(DATABASE, stored.counts());
    checkLimit(DATABASE, stored.buyersOverLimit());
    checkRows("held", stored.heldByOrders(), stored.counts().held());
    checkRows("sold", stored.soldByOrders(), stored.counts().sold());
    if (stored.seq() > grid.seq()) {
      problems.add(DATABASE + "change " + stored.seq() + ", but the grid is at " + grid.seq());
    } else if (stored.seq() == grid.seq()) {
      checkSame(stored);
    }
  }

  private void checkSame(AuditedShard stored) {
    if (!stored.chain().equals(grid.chain())) {
      problems.add("another history in the database than in the grid at change " + grid.seq());
    }
    if (!stored.counts().equals(grid.counts())) {
      problems.add(
          "at change "
              + grid.seq()
              + " the grid has "
              + grid.counts()
              + ", the database "
              + stored.counts());
    }
  }

  private void checkUnits(String where, ShardCounts counts) {
    if (!counts.balanced()) {
      problems.add(
          where
              + "issued "
              + counts.issued()
              + " is not available "
              + counts.available()
              + " + held "
              + counts.held()
              + " + sold "
              + counts.sold()
              + " + withdrawn "
              + counts.withdrawn()
              + ", each 0 or more");
    }
  }

  private void checkRows(String what, long byOrders, long byShard) {
    if (byOrders != byShard) {
      problems.add(DATABASE + byOrders + " " + what + " by its orders, " + byShard + " by its row");
    }
  }

  private void checkLimit(String where, long buyersOverLimit) {
    if (buyersOverLimit != 0) {
      problems.add(where + buyersOverLimit + " buyers over the limit");
    }
  }
}
