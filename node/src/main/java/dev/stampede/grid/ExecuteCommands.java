package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.stampede.stock.Decision;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries a batch of commands out on one shard, on the thread of its partition. A thin shell: the
 * shard decides, this applies the change, hands it to the backups and marks the entry for the
 * write-behind store.
 *
 * <p>An answer may speak of a change as done only when every backup has that change. Mostly that is
 * the one just made. It can be an older one, where an earlier call made it and then lost its
 * answer: a batch that changes nothing, or is repeated, sends once more whatever is not confirmed,
 * and a backup passes over what it has.
 *
 * <p>Where a backup is missing, it does nothing: what only a part of the nodes has can be lost when
 * as many nodes die as may, and an owner that is cut off may be the only one to know of it. Nor
 * does it do anything by a clock that is wrong: a shard's time never runs backwards, so a day ahead
 * would close sales for good.
 */
final class ExecuteCommands
    implements EntryProcessor<StockKey, StockShard, BatchResult>,
        HazelcastInstanceAware,
        IdentifiedDataSerializable {

  private List<ShardCommand> commands = List.of();
  private int confirmedEpoch;
  private long confirmedSeq;
  private boolean repeated;
  private transient @Nullable LocalShards local;
  private transient @Nullable ApplyChanges backup;

  /** For deserialization. */
  ExecuteCommands() {}

  /**
   * A batch.
   *
   * @param commands what to do
   * @param confirmedEpoch the epoch that {@code confirmedSeq} belongs to
   * @param confirmedSeq a change that every backup is known to have acknowledged
   * @param repeated whether an earlier call with these commands ended without an answer
   */
  ExecuteCommands(
      List<ShardCommand> commands, int confirmedEpoch, long confirmedSeq, boolean repeated) {
    this.commands = commands;
    this.confirmedEpoch = confirmedEpoch;
    this.confirmedSeq = confirmedSeq;
    this.repeated = repeated;
  }

  List<ShardCommand> commands() {
    return commands;
  }

  @Override
  public BatchResult process(Map.Entry<StockKey, StockShard> entry) {
    backup = null;
    StockShard shard = entry.getValue();
    if (shard == null || shard.isOutdated() || !shard.isProven()) {
      return new BatchResult(); // whoever asked loads it, again if need be
    }
    LocalShards mine = Objects.requireNonNull(local, "runs on a member only");
    if (!mine.isBackedUp(shard.key())) {
      // The grid asks again soon: by then there is another backup, or this side is a minority.
      throw new RetryableHazelcastException(shard.key() + " lacks a backup");
    }
    long now = mine.clock().millis();
    if (!mine.clock().isTrusted(now)) {
      // Asked again soon, too: by then another node owns it, or this clock is right.
      throw new RetryableHazelcastException(shard.key() + " has an owner whose clock is wrong");
    }
    confirm(shard, mine);
    Decision decision = shard.decide(commands, now, mine.bounds());
    decision
        .change()
        .ifPresent(change -> {
          shard.apply(change);
          mine.changed(change.orders().size());
        });
    List<ShardChange> toBackups = changesToSend(shard, decision);
    long replicatedSeq = shard.unstored().confirmedSeq();
    if (!toBackups.isEmpty()) {
      backup = toBackups(shard, toBackups);
      replicatedSeq = shard.head().seq();
    } else if (deniesAPayment(decision)) {
      backup = toBackups(shard, List.of());
    }
    if (!shard.unstored().isEmpty()) {
      entry.setValue(shard); // the same object: this only marks it for the write-behind store
    }
    return new BatchResult(
        shard.head().epoch(),
        replicatedSeq,
        shard.unstored().storedSeq(),
        shard.view(now),
        decision.outcomes());
  }

  private void confirm(StockShard shard, LocalShards mine) {
    mine.seen(shard);
    if (mine.isAlone()) {
      shard.unstored().confirm(shard.head().seq());
    } else if (confirmedEpoch == shard.head().epoch()) {
      shard.unstored().confirm(confirmedSeq);
    }
  }

  /**
   * Whether a payment is answered with "unknown order". Its provider does not ask again, so the
   * backups have to acknowledge that this is still their owner: one that the others have removed,
   * and that does not know it, may lack the order.
   */
  private boolean deniesAPayment(Decision decision) {
    for (int i = 0; i < commands.size(); i++) {
      if (commands.get(i) instanceof ShardCommand.Pay
          && decision.outcomes().get(i) instanceof Outcome.UnknownOrder) {
        return true;
      }
    }
    return false;
  }

  private static ApplyChanges toBackups(StockShard shard, List<ShardChange> changes) {
    return new ApplyChanges(changes, shard.unstored().storedSeq(), shard.epochs().proven());
  }

  private List<ShardChange> changesToSend(StockShard shard, Decision decision) {
    Optional<ShardChange> change = decision.change();
    return change.isPresent() && !repeated ? List.of(change.get()) : shard.unstored().unconfirmed();
  }

  @Override
  public @Nullable EntryProcessor<StockKey, StockShard, BatchResult> getBackupProcessor() {
    return backup;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    runOn(LocalShards.of(member));
  }

  /** Says on which node it runs. */
  void runOn(LocalShards owners) {
    local = owners;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeInt(confirmedEpoch);
    out.writeLong(confirmedSeq);
    out.writeBoolean(repeated);
    CommandCodec.writeAll(out, commands);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    confirmedEpoch = in.readInt();
    confirmedSeq = in.readLong();
    repeated = in.readBoolean();
    commands = CommandCodec.readAll(in);
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.EXECUTE_COMMANDS;
  }
}
