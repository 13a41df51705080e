package dev.stampede.http;

import dev.stampede.stock.InMemoryStock;
import dev.stampede.stock.ShardChange;
import java.util.List;
import java.util.stream.LongStream;

/** As if no change of the stock had been stored: that with number n is letter n, the first is 1. */
record ExampleLetters(InMemoryStock memory) implements DeadLetters {

  /** Refuses every retry. */
  static final long REFUSED = 2;

  /** Of a history that lost. */
  static final long LOST = 3;

  @Override
  public List<Letter> page(long before, int limit) {
    List<ShardChange> changes = memory.changes();
    long newest = Math.min(before - 1, changes.size());
    return LongStream.range(0, newest)
        .map(i -> newest - i)
        .limit(limit)
        .mapToObj(id -> new Letter(id, kind(id), changes.get((int) id - 1), "an example", 0))
        .toList();
  }

  private static Kind kind(long id) {
    return id == LOST ? Kind.FORK : Kind.ORDER;
  }

  @Override
  public Retried retry(long id) {
    if (id == LOST) {
      return new Retried.Lost();
    }
    if (id == REFUSED) {
      return new Retried.Refused("no poison here (45000/1644)");
    }
    return id < 1 || id > memory.changes().size() ? new Retried.Unknown() : new Retried.Stored();
  }
}
