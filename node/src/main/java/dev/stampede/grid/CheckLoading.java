package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the owner of a shard and all its backups whether what a loading has put there ({@link
 * InstallShard}, {@link AddOrders}) lies there still. An owner and its backups are a majority, so
 * when all have acknowledged, no other side can have the shard. A node that was removed and does
 * not know it gets no acknowledgement: members take nothing from it.
 */
final class CheckLoading
    implements EntryProcessor<StockKey, StockShard, Boolean>,
        HazelcastInstanceAware,
        IdentifiedDataSerializable {

  private int loading;
  private int orders;
  private boolean onBackup;
  private transient boolean isThere;
  private transient @Nullable LocalShards local;

  /** For deserialization. */
  CheckLoading() {}

  /**
   * Asks for a loading.
   *
   * @param loading its epoch
   * @param orders how many it has read: a large shard is put there in parts
   */
  CheckLoading(int loading, int orders) {
    this(loading, orders, false);
  }

  private CheckLoading(int loading, int orders, boolean onBackup) {
    this.loading = loading;
    this.orders = orders;
    this.onBackup = onBackup;
  }

  /** Whether it lies there, and the shard has all its backups. */
  @Override
  public Boolean process(Map.Entry<StockKey, StockShard> entry) {
    LocalShards mine = Objects.requireNonNull(local, "runs on a member only");
    StockShard shard = entry.getValue();
    isThere = shard != null && shard.awaitsProof(loading) && shard.orderCount() == orders;
    if (onBackup && !isThere) {
      mine.gap();
      throw new IllegalStateException(
          "this backup of %s lacks the loading %d with %d orders"
              .formatted(entry.getKey(), loading, orders));
    }
    isThere &= onBackup || mine.isBackedUp(entry.getKey());
    return isThere;
  }

  /** The same on a backup: one that lacks it throws, and so sends no acknowledgement. */
  @Override
  public @Nullable EntryProcessor<StockKey, StockShard, Boolean> getBackupProcessor() {
    return isThere && !onBackup ? new CheckLoading(loading, orders, true) : null;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    runOn(LocalShards.of(member));
  }

  /** Says on which node it runs. */
  void runOn(LocalShards shards) {
    local = shards;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeInt(loading);
    out.writeInt(orders);
    out.writeBoolean(onBackup);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    loading = in.readInt();
    orders = in.readInt();
    onBackup = in.readBoolean();
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.CHECK_LOADING;
  }
}
