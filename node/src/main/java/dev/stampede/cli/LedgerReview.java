package dev.stampede.cli;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.ops.AuditReport;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.LedgerTable;
import dev.stampede.persistence.LedgerVerdict;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChainMark;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replays the ledger of every shard, read from the database itself: who audits nodes should not
 * have to believe one. Of the grid it takes the head of each chain, which the ledger must lead
 * through.
 */
final class LedgerReview {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Shell shell;
  private long lastNote = System.nanoTime();

  LedgerReview(Shell shell) {
    this.shell = shell;
  }

  /**
   * The verdict on each shard, by sale and number.
   *
   * @param grid asked for before, so that the database has or will have all that is in it
   */
  List<LedgerVerdict> run(DatabaseSettings settings, AuditReport grid) {
    Map<StockKey, ChainMark> heads = heads(grid);
    try (Database database = Database.connect(settings)) {
      LedgerTable table = new LedgerTable(database);
      return table.shards().stream()
          .map(key ->
              table.replay(key, Optional.ofNullable(heads.get(key)), seq -> progress(key, seq)))
          .toList();
    }
  }

  private static Map<StockKey, ChainMark> heads(AuditReport grid) {
    Map<StockKey, ChainMark> heads = new HashMap<>();
    for (AuditReport.SaleAudit sale : grid.sales()) {
      for (AuditReport.ShardAudit shard : sale.shards()) {
        ChainHash chain = ChainHash.of(HexFormat.of().parseHex(shard.gridChain()));
        heads.put(
            new StockKey(new SaleId(sale.sale()), shard.shard()),
            new ChainMark(shard.gridSeq(), chain));
      }
    }
    return heads;
  }

  private void progress(StockKey key, long seq) {
    long now = System.nanoTime();
    if (now - lastNote >= PATIENCE.toNanos()) {
      lastNote = now;
      shell.note("replaying " + key + ": at change " + seq);
    }
  }
}
