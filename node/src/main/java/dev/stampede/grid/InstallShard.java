package dev.stampede.grid;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a shard that was read from the database into the grid, owner and backups alike; of a large
 * one the first orders, the others follow ({@link AddOrders}). It is not worked on before {@link
 * ProveShard}. Where one is there already that is worked on, that one is newer, and only takes over
 * the epoch of the later reading.
 */
final class InstallShard
    implements EntryProcessor<StockKey, StockShard, Boolean>, IdentifiedDataSerializable {

  private @Nullable ShardSnapshot snapshot;

  /** For deserialization. */
  InstallShard() {}

  InstallShard(ShardSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Whether it was put there now. */
  @Override
  public Boolean process(Map.Entry<StockKey, StockShard> entry) {
    if (snapshot == null) {
      throw new IllegalStateException("nothing to install");
    }
    StockShard present = entry.getValue();
    if (present == null || present.yieldsTo(snapshot)) {
      entry.setValue(new StockShard(snapshot));
      return true;
    }
    present.adoptEpoch(snapshot.head().epoch());
    entry.setValue(present);
    return false;
  }

  /** The same on a backup: it has what the owner has. */
  @Override
  public EntryProcessor<StockKey, StockShard, Boolean> getBackupProcessor() {
    return this;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    if (snapshot == null) {
      throw new IOException("nothing to install");
    }
    SnapshotCodec.write(out, snapshot);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    snapshot = SnapshotCodec.read(in);
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.INSTALL_SHARD;
  }
}
