package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.StockKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the database has what all shards hold now, whoever owns them. A node that leaves is a
 * backup of shards that others own, and one that is left behind without backups cannot learn any
 * more which of its changes they had: nodes that stop together need each other until then.
 */
record LastChanges(GridSales sales, GridStock stock, DurableWaits waits) {

  private static final Logger LOG = LoggerFactory.getLogger(LastChanges.class);

  /** Blocks for ten seconds or so at most: the database may be away, or the grid. */
  static void store(GridSales sales, GridStock stock, DurableWaits waits) {
    try {
      new LastChanges(sales, stock, waits).awaitStored();
    } catch (RuntimeException e) {
      LOG.warn("the last changes are written a second later, as the grid is changing", e);
    }
  }

  private void awaitStored() {
    List<CompletableFuture<Boolean>> shards =
        sales.current().stream()
            .flatMap(sale -> StockKey.all(sale.id(), sale.terms().shards()).stream())
            .map(this::stored)
            .toList();
    shards.forEach(CompletableFuture::join);
  }

  private CompletableFuture<Boolean> stored(StockKey key) {
    return stock
        .execute(key, new ShardCommand.Report())
        .thenCompose(outcome ->
            outcome instanceof Outcome.Reported reported
                ? stored(key, reported.report())
                : CompletableFuture.completedStage(false));
  }

  private CompletionStage<Boolean> stored(StockKey key, ShardReport report) {
    return report.storedSeq() >= report.seq()
        ? CompletableFuture.completedStage(true)
        : waits.await(key, report.epoch(), report.seq(), DurableWaits.USUAL);
  }
}
