package dev.stampede.grid;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.Map;

/**
 * Lets a shard be worked on that {@link InstallShard} has put there, once the database has noted
 * that it is at work, which it does for the newest loading only. Without that, a node which read a
 * shard, stalled, and put it there after others had sold from it and all their replicas had died,
 * would bring back an old state.
 */
final class ProveShard
    implements EntryProcessor<StockKey, StockShard, Boolean>, IdentifiedDataSerializable {

  private int loading;

  /** For deserialization. */
  ProveShard() {}

  /**
   * Says that a loading is the newest.
   *
   * @param loading its epoch
   */
  ProveShard(int loading) {
    this.loading = loading;
  }

  /** Whether the shard can be worked on now. */
  @Override
  public Boolean process(Map.Entry<StockKey, StockShard> entry) {
    StockShard shard = entry.getValue();
    if (shard == null) {
      return false;
    }
    shard.prove(loading);
    return shard.isProven();
  }

  @Override
  public EntryProcessor<StockKey, StockShard, Boolean> getBackupProcessor() {
    return this;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeInt(loading);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    loading = in.readInt();
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.PROVE_SHARD;
  }
}
