package dev.stampede;

import dev.stampede.http.DeadLetters;
import dev.stampede.persistence.DeadLetter;
import dev.stampede.persistence.DeadLetterTable;
import dev.stampede.persistence.RetryResult;
import java.util.List;

/** The dead letters in the database, as the HTTP layer wants them. */
record StoredDeadLetters(DeadLetterTable table) implements DeadLetters {

  @Override
  public List<Letter> page(long before, int limit) {
    return table.page(before, limit).stream().map(StoredDeadLetters::letter).toList();
  }

  private static Letter letter(DeadLetter row) {
    Kind kind =
        switch (row.kind()) {
          case FORK -> Kind.FORK;
          case ORDER -> Kind.ORDER;
          case REFUND -> Kind.REFUND;
          case ADJUSTMENT -> Kind.ADJUSTMENT;
        };
    return new Letter(row.id(), kind, row.change(), row.reason(), row.notedAt());
  }

  @Override
  public Retried retry(long id) {
    return switch (table.retry(id)) {
      case RetryResult.Stored _ -> new Retried.Stored();
      case RetryResult.Refused refused -> new Retried.Refused(refused.reason());
      case RetryResult.Lost _ -> new Retried.Lost();
      case RetryResult.Unknown _ -> new Retried.Unknown();
    };
  }
}
