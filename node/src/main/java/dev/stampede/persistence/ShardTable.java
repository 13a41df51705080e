package dev.stampede.persistence;

import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Epochs;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The shards with all that belongs to them: how the grid's changes get into the database, and how
 * the grid gets a shard back.
 *
 * <p>The database is the arbiter between histories of one shard. It takes a change only where the
 * change follows, by number and hash, the one that it has, and only from the newest loading (epoch)
 * of the shard; nor does it take any from a side of the grid that was at work before the one that
 * was put to work last. Storing the same changes again does nothing, so a caller that lost the
 * answer just repeats the call.
 *
 * <p>Any thread may ask; each call blocks. Calls for one shard wait for each other.
 */
public final class ShardTable {

  private final Database database;

  /** The tables in this database. */
  public ShardTable(Database database) {
    this.database = database;
  }

  /**
   * Brings the database up to the newest of these changes, in one transaction. A row that its table
   * refuses for good becomes a dead letter; it holds nothing else up.
   *
   * @param epochs the loadings that the shard knows of now; its changes may be older
   * @param changes of this shard, without gaps, oldest first, at least one; the database may have
   *     any number of them already
   * @throws DatabaseException where it is not known whether they were stored: repeat the call,
   *     unless the exception says that it can never succeed
   * @throws IllegalArgumentException where the changes are not as described
   */
  public StoreResult store(StockKey key, Epochs epochs, List<ShardChange> changes) {
    requireOneHistory(key, changes);
    return database.transaction(
        "storing " + key, connection -> store(connection, key, epochs, changes));
  }

  private static void requireOneHistory(StockKey key, List<ShardChange> changes) {
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("no changes of " + key);
    }
    long seq = changes.getFirst().seq();
    ChainHash base = changes.getFirst().base();
    for (ShardChange change : changes) {
      if (!change.key().equals(key) || change.seq() != seq || !change.base().equals(base)) {
        throw new IllegalArgumentException(change + " is not #" + seq + " of " + key);
      }
      seq++;
      base = change.chain();
    }
  }

  private static StoreResult store(
      Connection connection, StockKey key, Epochs epochs, List<ShardChange> changes)
      throws SQLException {
    Optional<ShardRow> found = ShardRow.lock(connection, key);
    if (found.isEmpty()) {
      return new StoreResult.Fork("the database has no shard " + key);
    }
    ShardRow row = found.get();
    ShardChange newest = changes.getLast();
    // The newest change that both sides have, if they are of one history.
    long common = Math.min(row.head().seq(), newest.seq());
    Optional<ChainHash> ours = chainAt(common, changes);
    if (ours.isEmpty() || !ours.equals(chainAt(common, row, connection))) {
      return new StoreResult.Fork(
          "the changes %s to #%d do not follow the database's #%d %s"
              .formatted(changes.getFirst(), newest.seq(), row.head().seq(), row.chain()));
    }
    List<ShardChange> missing = changes.stream().filter(each -> each.seq() > common).toList();
    if (missing.isEmpty()) {
      return new StoreResult.Stored(newest.seq());
    }
    if (epochs.proven() < row.provenEpoch()) {
      return new StoreResult.Fork(
          "%s was put to work again, by loading %d; what this side has is of loading %d"
              .formatted(key, row.provenEpoch(), epochs.proven()));
    }
    if (epochs.newest() < row.head().epoch()) {
      return new StoreResult.Outdated(
          row.head().epoch(),
          "%s was loaded again, as epoch %d; this side has epoch %d"
              .formatted(key, row.head().epoch(), epochs.newest()));
    }
    List<String> setAside = new ChangeWriter(connection, key).write(missing);
    new ShardRow(newest.header().withEpoch(epochs.newest()), row.provenEpoch(), newest.chain())
        .update(connection);
    return new StoreResult.Stored(newest.seq(), setAside);
  }

  /** What the changes know of the history up to {@code seq}; nothing where they begin later. */
  private static Optional<ChainHash> chainAt(long seq, List<ShardChange> changes) {
    ShardChange oldest = changes.getFirst();
    if (seq == oldest.seq() - 1) {
      return Optional.of(oldest.base());
    }
    return changes.stream().filter(each -> each.seq() == seq).map(ShardChange::chain).findAny();
  }

  private static Optional<ChainHash> chainAt(long seq, ShardRow row, Connection connection)
      throws SQLException {
    return seq == row.head().seq()
        ? Optional.of(row.chain())
        : LedgerRow.chain(connection, row.head().key(), seq);
  }

  /**
   * Hands the whole shard over to a new owner: from now on, changes that follow an earlier loading
   * are refused. Everything in the snapshot is stored.
   *
   * @return empty where there is no such shard
   * @throws DatabaseException where the database does not answer
   */
  public Optional<ShardSnapshot> load(StockKey key) {
    return database.transaction("loading " + key, connection -> load(connection, key));
  }

  private static Optional<ShardSnapshot> load(Connection connection, StockKey key)
      throws SQLException {
    Optional<ShardRow> found = ShardRow.lock(connection, key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ShardRow row = found.get().loadedAgain();
    row.update(connection);
    WholeShard whole = WholeShard.read(connection, key);
    return Optional.of(
        new ShardSnapshot(
            SaleTable.find(connection, key.sale()).terms(),
            row.head(),
            0,
            row.chain(),
            whole.orders(),
            whole.refunds(),
            whole.adjustments(),
            List.of(),
            row.head().seq()));
  }

  /**
   * Notes that a loading of a shard is about to be put to work. From then on, nothing is taken from
   * a side that was at work before it: a {@link StoreResult.Fork}.
   *
   * @return false, with nothing noted, where there is a later loading, or no such shard
   * @throws DatabaseException where it is not known whether it was noted: repeat the call
   */
  public boolean putToWork(StockKey key, int loading) {
    return database.transaction(
        "putting " + key + " to work", connection -> ShardRow.prove(connection, key, loading));
  }
}
