package dev.stampede.persistence;

import dev.stampede.sale.Sale;
import dev.stampede.stock.ChainMark;
import dev.stampede.stock.LedgerEntry;
import dev.stampede.stock.LedgerFault;
import dev.stampede.stock.LedgerReplay;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Feeds a {@link LedgerReplay} with the rows of one shard, within the caller's transaction, which
 * sees one instant only. Of the ledger, one page is in memory.
 */
final class LedgerCheck {

  /** Changes read at a time: a body may have some hundred kilobytes. */
  static final int PAGE = 200;

  private final Connection connection;
  private final StockKey key;
  private final LongConsumer progress;

  LedgerCheck(Connection connection, StockKey key, LongConsumer progress) {
    this.connection = connection;
    this.key = key;
    this.progress = progress;
  }

  LedgerVerdict run(Optional<ChainMark> mark) throws SQLException {
    Optional<ShardRow> row = ShardRow.find(connection, key);
    if (row.isEmpty()) {
      return new LedgerVerdict(
          key, 0, 0, 0, Optional.of(new LedgerFault(key, 0, "the shard's row is missing")));
    }
    Sale sale = SaleTable.find(connection, key.sale());
    long issued = SaleTable.share(sale.quantity(), sale.terms().shards(), key.shard());
    LedgerReplay replay = new LedgerReplay(key, issued, mark);
    Optional<LedgerFault> fault =
        ledger(replay).or(() -> replay.endsAt(row.get().head(), row.get().chain()));
    long orders = replay.orders();
    List<LetterRow> setAside = LetterRow.setAside(connection, key);
    if (fault.isEmpty()) {
      fault = readableTables(replay, setAside);
    }
    return new LedgerVerdict(key, replay.seq(), orders, setAside.size(), fault);
  }

  private Optional<LedgerFault> ledger(LedgerReplay replay) throws SQLException {
    List<LedgerEntry> page = LedgerRow.page(connection, key, Long.MIN_VALUE, PAGE);
    while (!page.isEmpty()) {
      for (LedgerEntry entry : page) {
        Optional<LedgerFault> fault = replay.next(entry);
        if (fault.isPresent()) {
          return fault;
        }
      }
      progress.accept(replay.seq());
      page = LedgerRow.page(connection, key, replay.seq(), PAGE);
    }
    return Optional.empty();
  }

  /** What can be written past us need not be a value of ours. */
  private Optional<LedgerFault> readableTables(LedgerReplay replay, List<LetterRow> setAside)
      throws SQLException {
    try {
      Optional<LedgerFault> fault = letters(replay, setAside);
      return fault.isPresent() ? fault : tables(replay);
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new LedgerFault(key, replay.seq(), "a row of a table makes no sense: " + e.getMessage()));
    }
  }

  /** What a dead letter stands for counts as if its table had it. */
  private Optional<LedgerFault> letters(LedgerReplay replay, List<LetterRow> setAside)
      throws SQLException {
    LetterContents contents = new LetterContents(connection);
    for (LetterRow row : setAside) {
      Optional<ShardChange> part = contents.of(row);
      if (part.isEmpty()) {
        return Optional.of(
            new LedgerFault(
                key, row.seq(), "dead letter " + row.id() + " names what the change has not"));
      }
      Optional<LedgerFault> fault = letter(replay, part.get());
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<LedgerFault> letter(LedgerReplay replay, ShardChange part) {
    Stream<Optional<LedgerFault>> faults =
        Stream.of(
                part.orders().stream().map(replay::setAside),
                part.refunds().stream().map(refund -> replay.refund(refund, part.seq())),
                part.adjustments().stream().map(it -> replay.adjustment(it, part.seq())))
            .flatMap(Function.identity());
    return faults.flatMap(Optional::stream).findFirst();
  }

  private Optional<LedgerFault> tables(LedgerReplay replay) throws SQLException {
    ShardReader reader = new ShardReader(connection, key);
    Optional<LedgerFault> fault =
        reader.first(
            "SELECT " + OrderRow.COLUMNS + " FROM orders", row -> replay.order(OrderRow.read(row)));
    if (fault.isEmpty()) {
      fault =
          reader.first(
              "SELECT order_key, payment, reason, seq FROM refunds",
              row -> replay.refund(RefundRow.read(row), row.getLong("seq")));
    }
    if (fault.isEmpty()) {
      fault =
          reader.first(
              "SELECT id, kind, quantity, seq FROM adjustments",
              row -> replay.adjustment(AdjustmentRow.read(row), row.getLong("seq")));
    }
    return fault.or(replay::rest);
  }
}
