package dev.stampede.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.StockKey;
import java.io.IOException;

/** Told to every node when the database has committed: a shard is stored up to a change. */
final class StoredMark implements IdentifiedDataSerializable {

  private StockKey key = new StockKey(new SaleId("none"), 0);
  private int epoch;
  private long seq;

  /** For deserialization. */
  StoredMark() {}

  StoredMark(StockKey key, int epoch, long seq) {
    this.key = key;
    this.epoch = epoch;
    this.seq = seq;
  }

  StockKey key() {
    return key;
  }

  /** Whether this says that a change is stored. Numbers of another epoch may mean other changes. */
  boolean covers(int ofEpoch, long ofSeq) {
    return epoch == ofEpoch && seq >= ofSeq;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeString(key.sale().value());
    out.writeShort(key.shard());
    out.writeInt(epoch);
    out.writeLong(seq);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    key = new StockKey(new SaleId(GridSerialization.readText(in)), in.readShort());
    epoch = in.readInt();
    seq = in.readLong();
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.STORED_MARK;
  }
}
