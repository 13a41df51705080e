package dev.stampede.persistence;

import dev.stampede.stock.ShardChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What refused rows hold, looked up in the ledger, within the caller's transaction. Those of one
 * change should come one after the other: it is then read once.
 */
final class LetterContents {

  private final Connection connection;
  private Optional<ShardChange> last = Optional.empty();

  LetterContents(Connection connection) {
    this.connection = connection;
  }

  /**
   * The letters with what they keep.
   *
   * @throws SQLException also where the ledger has not what a letter names
   */
  List<DeadLetter> read(List<LetterRow> rows) throws SQLException {
    List<DeadLetter> letters = new ArrayList<>(rows.size());
    for (LetterRow row : rows) {
      ShardChange content =
          of(row).orElseThrow(() -> new SQLException("the ledger has not what it names: " + row));
      letters.add(new DeadLetter(row.id(), row.kind(), content, row.reason(), row.notedAt()));
    }
    return letters;
  }

  /** What one letter keeps; empty where the ledger has not what it names. */
  Optional<ShardChange> of(LetterRow row) throws SQLException {
    if (row.lost().isPresent()) {
      return row.lost();
    }
    if (last.filter(it -> it.key().equals(row.shard()) && it.seq() == row.seq()).isEmpty()) {
      last = stored(row);
    }
    return last.map(change -> part(row, change)).filter(part -> !isEmpty(part));
  }

  /** Empty also where it is damaged: whoever audits the ledger says so. */
  private Optional<ShardChange> stored(LetterRow row) throws SQLException {
    try {
      return LedgerTable.change(connection, row.shard(), row.seq());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** No more of the change than the refused row. */
  private static ShardChange part(LetterRow row, ShardChange change) {
    return new ShardChange(
        change.header(),
        part(row, LetterKind.ORDER, change.orders(), OrderRow::name),
        part(row, LetterKind.REFUND, change.refunds(), RefundRow::name),
        part(row, LetterKind.ADJUSTMENT, change.adjustments(), AdjustmentRow::name),
        change.base(),
        change.chain(),
        change.body());
  }

  private static <T> List<T> part(
      LetterRow row, LetterKind kind, List<T> values, Function<T, String> name) {
    return row.kind() == kind
        ? values.stream().filter(value -> name.apply(value).equals(row.rowKey())).toList()
        : List.of();
  }

  private static boolean isEmpty(ShardChange part) {
    return part.orders().isEmpty() && part.refunds().isEmpty() && part.adjustments().isEmpty();
  }
}
