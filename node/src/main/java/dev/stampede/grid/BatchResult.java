package dev.stampede.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.stampede.sale.SalePhase;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.StockView;
import java.io.IOException;
import java.util.List;

/**
 * What an owner answers to one {@link ExecuteCommands}. Mutable only as the grid's serialization
 * asks for it.
 */
final class BatchResult implements IdentifiedDataSerializable {

  private static final SalePhase[] PHASES = {
    SalePhase.SCHEDULED, SalePhase.OPEN, SalePhase.FROZEN, SalePhase.CLOSED
  };

  private boolean loaded;
  private int epoch;
  private long replicatedSeq;
  private long storedSeq;
  private StockView view = new StockView(0, SalePhase.CLOSED, 0, 0);
  private List<Outcome> outcomes = List.of();

  /** For deserialization, and for a shard that is not in the grid. */
  BatchResult() {}

  BatchResult(
      int epoch, long replicatedSeq, long storedSeq, StockView view, List<Outcome> outcomes) {
    this.loaded = true;
    this.epoch = epoch;
    this.replicatedSeq = replicatedSeq;
    this.storedSeq = storedSeq;
    this.view = view;
    this.outcomes = outcomes;
  }

  /** Whether the shard is in the grid, by the newest loading; where not, nothing was done. */
  boolean isLoaded() {
    return loaded;
  }

  int epoch() {
    return epoch;
  }

  /** The newest change that every backup has, once the call has come back with this. */
  long replicatedSeq() {
    return replicatedSeq;
  }

  /** The newest change that the database has. */
  long storedSeq() {
    return storedSeq;
  }

  /** The shard after the batch. */
  StockView view() {
    return view;
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
    out.writeBoolean(loaded);
    out.writeInt(epoch);
    out.writeLong(replicatedSeq);
    out.writeLong(storedSeq);
    writeView(out, view);
    OutcomeCodec.writeAll(out, outcomes);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
    loaded = in.readBoolean();
    epoch = in.readInt();
    replicatedSeq = in.readLong();
    storedSeq = in.readLong();
    view = readView(in);
    outcomes = OutcomeCodec.readAll(in);
  }

  static void writeView(ObjectDataOutput out, StockView view) throws IOException {
    out.writeLong(view.available());
    out.writeByte(List.of(PHASES).indexOf(view.phase()));
    out.writeLong(view.seq());
    out.writeLong(view.at());
  }

  static StockView readView(ObjectDataInput in) throws IOException {
    long available = in.readLong();
    SalePhase phase = PHASES[in.readByte()];
    return new StockView(available, phase, in.readLong(), in.readLong());
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.BATCH_RESULT;
  }
}
