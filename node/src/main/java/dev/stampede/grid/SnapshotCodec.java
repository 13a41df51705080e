package dev.stampede.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.stampede.order.Order;
import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.Adjustment;
import dev.stampede.stock.CanonicalForm;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The wire form of a {@link ShardSnapshot} and of {@link SaleTerms}. */
final class SnapshotCodec {

  private SnapshotCodec() {}

  static void write(ObjectDataOutput out, ShardSnapshot snapshot) throws IOException {
    writeTerms(out, snapshot.terms());
    CanonicalForm.writeHeader(out, snapshot.head());
    out.writeInt(snapshot.provenEpoch());
    out.write(snapshot.chain().bytes());
    writeOrders(out, snapshot.orders());
    out.writeInt(snapshot.refunds().size());
    for (Refund refund : snapshot.refunds()) {
      CanonicalForm.writeRefund(out, refund);
    }
    out.writeInt(snapshot.adjustments().size());
    for (Adjustment adjustment : snapshot.adjustments()) {
      CanonicalForm.writeAdjustment(out, adjustment);
    }
    ApplyChanges.writeChanges(out, snapshot.unstored());
    out.writeLong(snapshot.storedSeq());
  }

  static ShardSnapshot read(ObjectDataInput in) throws IOException {
    SaleTerms terms = readTerms(in);
    ShardChange.Header head = CanonicalForm.readHeader(in);
    int provenEpoch = in.readInt();
    byte[] chain = new byte[ChainHash.LENGTH];
    in.readFully(chain);
    List<Order> orders = readOrders(in);
    List<Refund> refunds = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      refunds.add(CanonicalForm.readRefund(in));
    }
    List<Adjustment> adjustments = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      adjustments.add(CanonicalForm.readAdjustment(in));
    }
    List<ShardChange> unstored = ApplyChanges.readChanges(in);
    return new ShardSnapshot(
        terms,
        head,
        provenEpoch,
        ChainHash.of(chain),
        orders,
        refunds,
        adjustments,
        unstored,
        in.readLong());
  }

  static void writeOrders(ObjectDataOutput out, List<Order> orders) throws IOException {
    out.writeInt(orders.size());
    for (Order order : orders) {
      out.writeLong(order.seq());
      CanonicalForm.writeOrder(out, order);
    }
  }

  static List<Order> readOrders(ObjectDataInput in) throws IOException {
    List<Order> orders = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      long seq = in.readLong();
      orders.add(CanonicalForm.readOrder(in, seq));
    }
    return orders;
  }

  static void writeTerms(ObjectDataOutput out, SaleTerms terms) throws IOException {
    out.writeLong(terms.opensAt().toEpochMilli());
    out.writeLong(terms.closesAt().toEpochMilli());
    out.writeInt(terms.limitPerBuyer());
    out.writeString(terms.reduction().name());
    out.writeLong(terms.holdTime().toMillis());
    out.writeShort(terms.shards());
    out.writeString(terms.latePayments().name());
    out.writeLong(terms.price().minor());
    out.writeString(terms.price().currency());
  }

  static SaleTerms readTerms(ObjectDataInput in) throws IOException {
    return new SaleTerms(
        Instant.ofEpochMilli(in.readLong()),
        Instant.ofEpochMilli(in.readLong()),
        in.readInt(),
        Reduction.valueOf(GridSerialization.readText(in)),
        Duration.ofMillis(in.readLong()),
        in.readShort(),
        LatePayments.valueOf(GridSerialization.readText(in)),
        new Money(in.readLong(), GridSerialization.readText(in)));
  }
}
