package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChangeCodec;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a backup to the owner's state: it applies what the owner decided and never decides again.
 * Changes that the backup has are passed over. It must have these very changes: where an owner died
 * after it had sent a change to one of two backups, and the other one took over, there are two
 * changes of one number. The newest is enough to compare, as each holds the hash of all before it.
 *
 * <p>Where a change does not follow the backup's state it throws, with nothing touched. The backup
 * then sends no acknowledgement, so the owner's caller does not take the change for replicated, and
 * Hazelcast sees that this replica lags and copies it anew.
 */
final class ApplyChanges
    implements EntryProcessor<StockKey, StockShard, BatchResult>,
        HazelcastInstanceAware,
        IdentifiedDataSerializable {

  private List<ShardChange> changes = List.of();
  private long storedSeq;
  private int provenEpoch;
  private transient @Nullable LocalShards local;

  /** For deserialization. */
  ApplyChanges() {}

  /**
   * Consecutive changes, oldest first.
   *
   * @param storedSeq the newest change that the database has, so that the backup can drop it too
   * @param provenEpoch the loading that put the owner's shard to work
   */
  ApplyChanges(List<ShardChange> changes, long storedSeq, int provenEpoch) {
    this.changes = changes;
    this.storedSeq = storedSeq;
    this.provenEpoch = provenEpoch;
  }

  @Override
  public BatchResult process(Map.Entry<StockKey, StockShard> entry) {
    StockShard shard = entry.getValue();
    if (shard == null) {
      throw gap("no replica");
    }
    ShardChange passedOver = null;
    for (ShardChange change : changes) {
      if (change.seq() <= shard.head().seq()) {
        passedOver = change;
      } else if (!shard.apply(change)) {
        throw gap("a replica at " + shard.head().seq() + " was sent " + change);
      }
    }
    if (passedOver != null && !shard.unstored().agreesOn(passedOver)) {
      throw gap("a replica has another change than " + passedOver);
    }
    shard.provenAs(provenEpoch); // its owner works on it
    shard.unstored().stored(Math.min(storedSeq, shard.head().seq()));
    entry.setValue(shard);
    return new BatchResult();
  }

  private IllegalStateException gap(String what) {
    if (local != null) {
      local.gap();
    }
    return new IllegalStateException("this backup has to be copied anew: " + what);
  }

  /** It runs on backups only, which have no backups of their own. */
  @Override
  public @Nullable EntryProcessor<StockKey, StockShard, BatchResult> getBackupProcessor() {
    return null;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    local = LocalShards.of(member);
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeLong(storedSeq);
    out.writeInt(provenEpoch);
    writeChanges(out, changes);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    storedSeq = in.readLong();
    provenEpoch = in.readInt();
    changes = readChanges(in);
  }

  static void writeChanges(ObjectDataOutput out, List<ShardChange> changes) throws IOException {
    out.writeInt(changes.size());
    for (ShardChange change : changes) {
      out.writeByteArray(change.base().bytes());
      out.writeByteArray(change.chain().bytes());
      out.writeByteArray(change.body());
    }
  }

  static List<ShardChange> readChanges(ObjectDataInput in) throws IOException {
    int size = in.readInt();
    List<ShardChange> changes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      changes.add(
          ChangeCodec.decode(hash(in.readByteArray()), hash(in.readByteArray()), bytes(in)));
    }
    return changes;
  }

  private static ChainHash hash(byte @Nullable [] bytes) throws IOException {
    return ChainHash.of(require(bytes));
  }

  private static byte[] bytes(ObjectDataInput in) throws IOException {
    return require(in.readByteArray());
  }

  private static byte[] require(byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      throw new IOException("a change without its bytes");
    }
    return bytes;
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.APPLY_CHANGES;
  }
}
