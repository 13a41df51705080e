package dev.stampede.simulation;

import dev.stampede.sale.SalePhase;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;

/** Adds and takes away units, stops and resumes the sale, also after a loss; rarely ends it. */
final class Operator extends Caller {

  private int adjustment;
  private boolean frozen;

  Operator(World world, Cluster cluster) {
    super(world, cluster);
  }

  @Override
  ShardCommand next() {
    if (frozen) {
      return freeze(false);
    }
    adjustment++;
    return switch (world.scheduler().draw(24)) {
      case 0, 1 -> freeze(true);
      case 2 -> world.scheduler().chance(20) ? new ShardCommand.Close() : new ShardCommand.Report();
      case 3, 4, 5, 6, 7, 8 -> new ShardCommand.Withdraw("adjustment-" + adjustment, 1);
      case 9, 10, 11, 12, 13, 14, 15 -> new ShardCommand.Restock("adjustment-" + adjustment, 1);
      default -> new ShardCommand.View();
    };
  }

  private ShardCommand freeze(boolean stop) {
    frozen = stop;
    return new ShardCommand.Freeze(stop);
  }

  @Override
  ShardCommand again(ShardCommand asked) {
    return asked;
  }

  @Override
  void told(ShardCommand asked, Outcome outcome) {
    frozen |= outcome instanceof Outcome.Viewed viewed && viewed.view().phase() == SalePhase.FROZEN;
  }

  @Override
  public String toString() {
    return "operator";
  }
}
