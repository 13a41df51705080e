package dev.stampede.simulation;

import dev.stampede.persistence.StoreResult;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Epochs;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardSnapshot;
import java.util.List;
import java.util.Optional;

/** A model of {@code ShardTable}: what it takes, what it refuses, and when it cannot be reached. */
final class SimulatedDatabase {

  private final World world;
  private final Replica rows;
  private int epoch;
  private int provenEpoch;
  private boolean away;

  SimulatedDatabase(World world, ShardSnapshot published) {
    this.world = world;
    this.rows = Replica.of(published, List.of(ChainHash.GENESIS));
    this.epoch = published.head().epoch();
  }

  void setAway(boolean away) {
    this.away = away;
  }

  boolean isAway() {
    return away;
  }

  Replica rows() {
    return rows;
  }

  /** In one transaction; empty where it cannot be reached. */
  Optional<StoreResult> store(Epochs by, List<ShardChange> changes) {
    return away ? Optional.empty() : Optional.of(transaction(by, changes));
  }

  private StoreResult transaction(Epochs by, List<ShardChange> changes) {
    ShardChange newest = changes.getLast();
    long common = Math.min(rows.seq(), newest.seq());
    Optional<ChainHash> ours = chainAt(common, changes);
    if (world.has(Mechanism.FORKS_ARE_REFUSED)
        && !ours.equals(Optional.of(rows.history().get(Math.toIntExact(common))))) {
      return new StoreResult.Fork("#" + newest.seq() + " does not follow #" + rows.seq());
    }
    List<ShardChange> missing = changes.stream().filter(each -> each.seq() > common).toList();
    if (!missing.isEmpty()
        && by.proven() < provenEpoch
        && world.has(Mechanism.DATABASE_KNOWS_WHO_IS_AT_WORK)) {
      return new StoreResult.Fork("put to work by " + by.proven() + ", not by " + provenEpoch);
    }
    if (!missing.isEmpty()
        && by.newest() < epoch
        && world.has(Mechanism.DATABASE_COMPARES_EPOCHS)) {
      return new StoreResult.Outdated(epoch, "epoch " + by.newest() + ", not " + epoch);
    }
    for (ShardChange change : missing) {
      Violation.unless(rows.apply(change), () -> "the database was made to take a fork: " + change);
    }
    Violation.unless(
        rows.has(new Replica.Mark(newest.seq(), newest.chain())),
        () -> "the database has another change than it says it stored: " + newest);
    rows.shard().unstored().stored(rows.seq());
    epoch = missing.isEmpty() ? epoch : by.newest();
    return new StoreResult.Stored(newest.seq());
  }

  private static Optional<ChainHash> chainAt(long seq, List<ShardChange> changes) {
    ShardChange oldest = changes.getFirst();
    if (seq == oldest.seq() - 1) {
      return Optional.of(oldest.base());
    }
    return changes.stream().filter(each -> each.seq() == seq).map(ShardChange::chain).findAny();
  }

  /** Notes that a loading is at work; false where it cannot be reached, or there is a later one. */
  boolean putToWork(int loading) {
    if (away || loading != epoch) {
      return false;
    }
    provenEpoch = loading;
    return true;
  }

  /** Hands the shard to a new loading; empty where it cannot be reached. */
  Optional<Replica> load() {
    if (away) {
      return Optional.empty();
    }
    epoch++;
    Replica loaded = rows.copy();
    loaded.shard().adoptEpoch(epoch);
    return Optional.of(loaded);
  }
}
