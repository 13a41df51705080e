package dev.stampede.persistence;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChainMark;
import dev.stampede.stock.ChangeCodec;
import dev.stampede.stock.LedgerEntry;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The ledger, for those who check it. Any thread may ask; each call blocks. */
public final class LedgerTable {

  /**
   * Whatever has rows of a shard has to be accounted for, also where the shard's own row is gone.
   */
  private static final String SHARDS =
      "SELECT sale, shard FROM shards"
          + " UNION SELECT DISTINCT sale, shard FROM ledger"
          + " UNION SELECT DISTINCT sale, shard FROM orders"
          + " UNION SELECT DISTINCT sale, shard FROM refunds"
          + " UNION SELECT DISTINCT sale, shard FROM adjustments"
          + " ORDER BY sale, shard";

  private final Database database;

  /** The tables in this database. */
  public LedgerTable(Database database) {
    this.database = database;
  }

  /**
   * Every shard of which there is anything, by sale and number.
   *
   * @throws DatabaseException where the database does not answer
   */
  public List<StockKey> shards() {
    return database.transaction("reading the shards", LedgerTable::shards);
  }

  private static List<StockKey> shards(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, AuditTable.PATIENCE_MILLIS);
    List<StockKey> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SHARDS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(new StockKey(new SaleId(rows.getString("sale")), rows.getInt("shard")));
      }
    }
    return keys;
  }

  /**
   * Replays the history of a shard from nothing and compares it with all that the tables have of
   * it, as of one instant; the shard may go on selling meanwhile.
   *
   * @param mark where the chain has to lead through, as somebody else knows it
   * @param progress told the number of a change now and then
   * @throws DatabaseException where the database does not answer
   */
  public LedgerVerdict replay(StockKey key, Optional<ChainMark> mark, LongConsumer progress) {
    return database.transaction(
        "replaying " + key,
        connection -> {
          // One view of all tables to the end of the transaction; the pool sets both back.
          connection.setNetworkTimeout(Runnable::run, AuditTable.PATIENCE_MILLIS);
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          return new LedgerCheck(connection, key, progress).run(mark);
        });
  }

  /**
   * One change, or empty where it is not stored.
   *
   * @throws DatabaseException where the database does not answer
   * @throws IllegalArgumentException where it is stored, but damaged
   */
  public Optional<ShardChange> change(StockKey key, long seq) {
    return database.transaction(
        "reading " + key + " #" + seq, connection -> change(connection, key, seq));
  }

  /** The same, within the caller's transaction. */
  static Optional<ShardChange> change(Connection connection, StockKey key, long seq)
      throws SQLException {
    Optional<ChainHash> base =
        seq == 1 ? Optional.of(ChainHash.GENESIS) : LedgerRow.chain(connection, key, seq - 1);
    List<LedgerEntry> entry = LedgerRow.page(connection, key, seq - 1, 1);
    return base.flatMap(before ->
        entry.stream()
            .filter(each -> each.seq() == seq)
            .map(each -> ChangeCodec.decode(before, each.chain(), each.body()))
            .findAny());
  }
}
