package dev.stampede.simulation;

import dev.stampede.stock.ShardChange;
import java.util.List;

/** Brings a backup to its owner's state, after {@code ApplyChanges}. */
final class Follower {

  private final World world;

  Follower(World world) {
    this.world = world;
  }

  /** Whether the changes follow the replica's state, and so were applied. */
  boolean follow(Replica mine, List<ShardChange> changes, long storedSeq, int provenEpoch) {
    ShardChange passedOver = null;
    for (ShardChange change : changes) {
      if (change.seq() <= mine.seq()) {
        passedOver = change;
      } else if (!mine.apply(change)) {
        return false;
      }
    }
    if (passedOver != null && !isMine(mine, passedOver)) {
      return false;
    }
    mine.shard().provenAs(provenEpoch);
    mine.shard().unstored().stored(Math.min(storedSeq, mine.seq()));
    return true;
  }

  private boolean isMine(Replica mine, ShardChange change) {
    return !world.has(Mechanism.PASSED_OVER_IS_COMPARED)
        || mine.shard().unstored().agreesOn(change);
  }
}
