package dev.stampede.grid;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.order.Order;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Adds a part of a large shard's orders to what {@link InstallShard} has put there: one call with
 * millions of orders would hold up its partition until other members give up on it. {@link
 * CheckLoading} counts them on every replica before the shard is put to work.
 */
final class AddOrders
    implements EntryProcessor<StockKey, StockShard, Boolean>, IdentifiedDataSerializable {

  private int loading;
  private List<Order> orders = List.of();

  /** For deserialization. */
  AddOrders() {}

  /**
   * A part of them.
   *
   * @param loading the epoch of the loading that read them
   */
  AddOrders(int loading, List<Order> orders) {
    this.loading = loading;
    this.orders = orders;
  }

  /** Whether what this loading put there still waits for them. */
  @Override
  public Boolean process(Map.Entry<StockKey, StockShard> entry) {
    StockShard shard = entry.getValue();
    return shard != null && shard.enterRead(loading, orders);
  }

  @Override
  public EntryProcessor<StockKey, StockShard, Boolean> getBackupProcessor() {
    return this;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeInt(loading);
    SnapshotCodec.writeOrders(out, orders);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    loading = in.readInt();
    orders = SnapshotCodec.readOrders(in);
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.ADD_ORDERS;
  }
}
