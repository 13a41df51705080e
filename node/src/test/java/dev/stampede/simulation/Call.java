package dev.stampede.simulation;

import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.List;

/**
 * One call of a lane to an owner: what {@code ExecuteCommands} carries, and how it comes back. It
 * may be carried out more than once: the grid sends again what it takes for lost. But what it has
 * refused for want of a majority it has not carried out, and will not: such an attempt ends the
 * call, and after an attempt that may have been carried out the grid makes no other ({@code
 * hazelcast.operation.fail.on.indeterminate.state}) which could be refused.
 */
final class Call {

  final SimulatedLane lane;
  final List<ShardCommand> commands;
  final int confirmedEpoch;
  final long confirmedSeq;
  final boolean repeated;
  private boolean begun;
  private boolean refused;

  Call(
      SimulatedLane lane,
      List<ShardCommand> commands,
      int confirmedEpoch,
      long confirmedSeq,
      boolean repeated) {
    this.lane = lane;
    this.commands = commands;
    this.confirmedEpoch = confirmedEpoch;
    this.confirmedSeq = confirmedSeq;
    this.repeated = repeated;
  }

  /** Whether it may be carried out now, as far as the grid is concerned. */
  boolean begin() {
    begun |= !refused;
    return !refused;
  }

  /** Whether it may be said to have been refused. */
  boolean refuse() {
    refused |= !begun;
    return refused;
  }

  /**
   * What an owner answers: {@code BatchResult}, and for the checks where it stood.
   *
   * @param history the owner's changes; longer by now, perhaps
   * @param losses how often the whole grid had lost the shard
   */
  record Answer(
      int epoch,
      long replicatedSeq,
      long storedSeq,
      long headSeq,
      List<Outcome> outcomes,
      List<ChainHash> history,
      int losses) {}
}
