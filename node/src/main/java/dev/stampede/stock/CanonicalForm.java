package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.SaleId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The one binary form of a shard's parts, big-endian: what {@link ChangeCodec} hashes and the
 * ledger keeps, and what nodes send each other (on whose streams a text may look different).
 */
public final class CanonicalForm {

  private CanonicalForm() {}

  /** Writes the state of a shard apart from its orders. */
  public static void writeHeader(DataOutput out, ShardChange.Header header) throws IOException {
    out.writeUTF(header.key().sale().value());
    out.writeShort(header.key().shard());
    out.writeInt(header.epoch());
    out.writeLong(header.seq());
    out.writeLong(header.at());
    ShardCounts counts = header.counts();
    out.writeLong(counts.issued());
    out.writeLong(counts.available());
    out.writeLong(counts.held());
    out.writeLong(counts.sold());
    out.writeLong(counts.withdrawn());
    out.writeBoolean(header.frozen());
    out.writeBoolean(header.closed());
  }

  /** Reads what {@link #writeHeader} wrote. */
  public static ShardChange.Header readHeader(DataInput in) throws IOException {
    return new ShardChange.Header(
        new StockKey(new SaleId(in.readUTF()), in.readShort()),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        new ShardCounts(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()),
        in.readBoolean(),
        in.readBoolean());
  }

  /** Writes a refund. */
  public static void writeRefund(DataOutput out, Refund refund) throws IOException {
    out.writeLong(refund.order().high());
    out.writeLong(refund.order().low());
    out.writeUTF(refund.payment().value());
    out.writeByte(refund.reason().code());
  }

  /** Reads what {@link #writeRefund} wrote. */
  public static Refund readRefund(DataInput in) throws IOException {
    return new Refund(
        new OrderKey(in.readLong(), in.readLong()),
        payment(in.readUTF()),
        Refund.Reason.ofCode(in.readByte()));
  }

  /** Writes an adjustment. */
  public static void writeAdjustment(DataOutput out, Adjustment adjustment) throws IOException {
    out.writeUTF(adjustment.id());
    out.writeByte(adjustment.kind().code());
    out.writeLong(adjustment.quantity());
  }

  /** Reads what {@link #writeAdjustment} wrote. */
  public static Adjustment readAdjustment(DataInput in) throws IOException {
    return new Adjustment(in.readUTF(), Adjustment.Kind.ofCode(in.readByte()), in.readLong());
  }

  /** Writes all of an order but its seq, which follows from the change that it stands in. */
  public static void writeOrder(DataOutput out, Order order) throws IOException {
    out.writeLong(order.key().high());
    out.writeLong(order.key().low());
    out.writeUTF(order.buyer().value());
    out.writeInt(order.quantity());
    out.writeByte(order.state().code());
    out.writeLong(order.createdAt());
    out.writeLong(order.heldUntil());
    out.writeUTF(order.payment().value());
  }

  /** Reads an order that change {@code seq} touched last. */
  public static Order readOrder(DataInput in, long seq) throws IOException {
    return new Order(
        new OrderKey(in.readLong(), in.readLong()),
        new BuyerId(in.readUTF()),
        in.readInt(),
        OrderState.ofCode(in.readByte()),
        in.readLong(),
        in.readLong(),
        payment(in.readUTF()),
        seq);
  }

  private static PaymentId payment(String text) {
    return text.isEmpty() ? PaymentId.NONE : new PaymentId(text);
  }
}
