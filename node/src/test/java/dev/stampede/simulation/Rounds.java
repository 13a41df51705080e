package dev.stampede.simulation;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockShard;
import java.util.Optional;

/** What nodes do without anybody asking, after {@code OwnerRounds}. */
final class Rounds {

  private static final int MOST_EXPIRED = 3;

  private final Scheduler scheduler;
  private final Cluster cluster;

  Rounds(Scheduler scheduler, Cluster cluster) {
    this.scheduler = scheduler;
    this.cluster = cluster;
  }

  void run() {
    cluster.living().stream().filter(SimulatedNode::isAwake).forEach(this::run);
  }

  private void run(SimulatedNode node) {
    node.lane.giveUpOverdue();
    if (node.side().owner() == node && needsVisit(Optional.ofNullable(node.replica()))) {
      node.lane.submit(new ShardCommand.Expire(MOST_EXPIRED), (Outcome _) -> {});
    }
  }

  private boolean needsVisit(Optional<Replica> replica) {
    if (replica.isEmpty() || !replica.get().shard().isProven()) {
      return true; // not met as its owner
    }
    StockShard shard = replica.get().shard();
    return shard.nextDeadline() <= scheduler.now() || !shard.unstored().isEmpty();
  }
}
