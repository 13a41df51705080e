package dev.stampede.simulation;

import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockShard;
import java.util.ArrayList;
import java.util.List;

/** A shard on one node and, for the checks, the hashes of all changes that led to its state. */
final class Replica {

  private final StockShard shard;
  private final List<ChainHash> history;
  private long checkedSeq = -1;

  private Replica(StockShard shard, List<ChainHash> history) {
    this.shard = shard;
    this.history = history;
  }

  /** From a state that these changes led to, the state before the first included. */
  static Replica of(ShardSnapshot snapshot, List<ChainHash> history) {
    return new Replica(new StockShard(snapshot), new ArrayList<>(history));
  }

  Replica copy() {
    return of(shard.snapshot(), history);
  }

  StockShard shard() {
    return shard;
  }

  /** The hashes of its changes, at their numbers. Only ever grows. */
  List<ChainHash> history() {
    return history;
  }

  long seq() {
    return shard.head().seq();
  }

  boolean apply(ShardChange change) {
    boolean applied = shard.apply(change);
    if (applied) {
      history.add(change.chain());
    }
    return applied;
  }

  boolean has(Mark mark) {
    return mark.seq() < history.size()
        && history.get(Math.toIntExact(mark.seq())).equals(mark.chain());
  }

  /** Whether its state is another than when this was asked last. */
  boolean isNew() {
    boolean changed = checkedSeq != seq();
    checkedSeq = seq();
    return changed;
  }

  /** A change of some history. */
  record Mark(long seq, ChainHash chain) {

    static final Mark NONE = new Mark(0, ChainHash.GENESIS);

    static Mark in(List<ChainHash> history, long seq) {
      return new Mark(seq, history.get(Math.toIntExact(seq)));
    }

    Mark later(Mark other) {
      return other.seq > seq ? other : this;
    }
  }
}
