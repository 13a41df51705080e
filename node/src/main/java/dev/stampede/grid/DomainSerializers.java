package dev.stampede.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Tier;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import dev.stampede.stock.StockView;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Serializers of the domain's own types, which know nothing of Hazelcast. */
final class DomainSerializers {

  private DomainSerializers() {}

  /** A shard, whole: when it moves to another node or a lagging backup is copied anew. */
  static final class OfStockShard implements StreamSerializer<StockShard> {
    @Override
    public int getTypeId() {
      return GridSerialization.STOCK_SHARD_TYPE;
    }

    @Override
    public void write(ObjectDataOutput out, StockShard shard) throws IOException {
      out.writeByte(GridSerialization.WIRE_VERSION);
      SnapshotCodec.write(out, shard.snapshot());
    }

    @Override
    public StockShard read(ObjectDataInput in) throws IOException {
      GridSerialization.checkVersion(in.readByte());
      return new StockShard(SnapshotCodec.read(in));
    }
  }

  /** The key of a shard: its bytes decide the partition. */
  static final class OfStockKey implements StreamSerializer<StockKey> {
    @Override
    public int getTypeId() {
      return GridSerialization.STOCK_KEY_TYPE;
    }

    @Override
    public void write(ObjectDataOutput out, StockKey key) throws IOException {
      out.writeString(key.sale().value());
      out.writeShort(key.shard());
    }

    @Override
    public StockKey read(ObjectDataInput in) throws IOException {
      return new StockKey(new SaleId(GridSerialization.readText(in)), in.readShort());
    }
  }

  /** What reads see of a shard. */
  static final class OfStockView implements StreamSerializer<StockView> {
    @Override
    public int getTypeId() {
      return GridSerialization.STOCK_VIEW_TYPE;
    }

    @Override
    public void write(ObjectDataOutput out, StockView view) throws IOException {
      out.writeByte(GridSerialization.WIRE_VERSION);
      BatchResult.writeView(out, view);
    }

    @Override
    public StockView read(ObjectDataInput in) throws IOException {
      GridSerialization.checkVersion(in.readByte());
      return BatchResult.readView(in);
    }
  }

  /**
   * A sale. It always travels by itself, so that promotion and tier can stand behind what builds
   * before wrote: they leave it unread, and a sale without them ends where theirs did.
   */
  static final class OfSale implements StreamSerializer<Sale> {

    private static final byte THERE = 1;
    private static final long NOT_PROMOTED = -1;

    @Override
    public int getTypeId() {
      return GridSerialization.SALE_TYPE;
    }

    @Override
    public void write(ObjectDataOutput out, Sale sale) throws IOException {
      out.writeByte(GridSerialization.WIRE_VERSION);
      out.writeString(sale.id().value());
      out.writeString(sale.title());
      out.writeString(sale.description());
      out.writeLong(sale.quantity());
      SnapshotCodec.writeTerms(out, sale.terms());
      boolean dedicated = sale.tier() == Tier.DEDICATED;
      if (sale.promotion().isPresent() || dedicated) {
        out.writeByte(THERE);
        out.writeLong(sale.promotion().map(Duration::toMillis).orElse(NOT_PROMOTED));
      }
      if (dedicated) {
        out.writeByte(THERE);
      }
    }

    @Override
    public Sale read(ObjectDataInput in) throws IOException {
      GridSerialization.checkVersion(in.readByte());
      return new Sale(
          new SaleId(GridSerialization.readText(in)),
          GridSerialization.readText(in),
          GridSerialization.readText(in),
          in.readLong(),
          SnapshotCodec.readTerms(in),
          readPromotion(in),
          isThere(in) ? Tier.DEDICATED : Tier.STANDARD);
    }

    private static Optional<Duration> readPromotion(ObjectDataInput in) throws IOException {
      long millis = isThere(in) ? in.readLong() : NOT_PROMOTED;
      return millis == NOT_PROMOTED ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static boolean isThere(ObjectDataInput in) throws IOException {
      return in.skipBytes(1) == 1;
    }
  }

  /** The key of a sale. */
  static final class OfSaleId implements StreamSerializer<SaleId> {
    @Override
    public int getTypeId() {
      return GridSerialization.SALE_ID_TYPE;
    }

    @Override
    public void write(ObjectDataOutput out, SaleId id) throws IOException {
      out.writeString(id.value());
    }

    @Override
    public SaleId read(ObjectDataInput in) throws IOException {
      return new SaleId(GridSerialization.readText(in));
    }
  }
}
