package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.SaleId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical form of a {@link ShardChange}: big-endian, in the order below, version first. The
 * same bytes are hashed, sent to backups and kept in the ledger, so a change of this format needs
 * a new version that old ledgers can still be read beside.
 */
public final class ChangeCodec {

  private static final int VERSION = 1;

  /** Bytes of an order with typical ids, so that a buffer rarely grows. */
  private static final int TYPICAL_ORDER = 96;

  private static final int TYPICAL_HEADER = 128;

  private ChangeCodec() {}

  static byte[] encode(
      ShardChange.Header header,
      List<Order> orders,
      List<Refund> refunds,
      List<Adjustment> adjustments) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(TYPICAL_HEADER + TYPICAL_ORDER * orders.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writeHeader(out, header);
      out.writeInt(orders.size());
      for (Order order : orders) {
        writeOrder(out, order);
      }
      out.writeInt(refunds.size());
      for (Refund refund : refunds) {
        writeRefund(out, refund);
      }
      out.writeInt(adjustments.size());
      for (Adjustment adjustment : adjustments) {
        writeAdjustment(out, adjustment);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The change with this canonical form.
   *
   * @param base the hash of the change before it
   * @param chain its own hash, taken as it is: {@link ShardChange#isGenuine} checks it
   * @throws IllegalArgumentException where the form is damaged or of a version not known here
   */
  public static ShardChange decode(ChainHash base, ChainHash chain, byte[] body) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("a change of version " + version + " is not known here");
      }
      ShardChange.Header header = readHeader(in);
      List<Order> orders = readList(in, source -> readOrder(source, header.seq()));
      List<Refund> refunds = readList(in, ChangeCodec::readRefund);
      List<Adjustment> adjustments = readList(in, ChangeCodec::readAdjustment);
      return new ShardChange(header, orders, refunds, adjustments, base, chain, body);
    } catch (IOException e) {
      throw new IllegalArgumentException("a damaged change", e);
    }
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
    int size = in.readInt();
    List<T> list = new ArrayList<>(Math.min(size, in.available()));
    for (int i = 0; i < size; i++) {
      list.add(reader.read(in));
    }
    return list;
  }

  private static void writeHeader(DataOutputStream out, ShardChange.Header header)
      throws IOException {
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

  private static ShardChange.Header readHeader(DataInputStream in) throws IOException {
    return new ShardChange.Header(
        new StockKey(new SaleId(in.readUTF()), in.readShort()),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        new ShardCounts(
            in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()),
        in.readBoolean(),
        in.readBoolean());
  }

  private static void writeOrder(DataOutputStream out, Order order) throws IOException {
    out.writeLong(order.key().high());
    out.writeLong(order.key().low());
    out.writeUTF(order.buyer().value());
    out.writeInt(order.quantity());
    out.writeByte(order.state().code());
    out.writeLong(order.createdAt());
    out.writeLong(order.heldUntil());
    out.writeUTF(order.payment().value());
  }

  /** An order's seq is that of the change, so it is not written. */
  private static Order readOrder(DataInputStream in, long seq) throws IOException {
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

  private static void writeRefund(DataOutputStream out, Refund refund) throws IOException {
    out.writeLong(refund.order().high());
    out.writeLong(refund.order().low());
    out.writeUTF(refund.payment().value());
    out.writeByte(refund.reason().code());
  }

  private static Refund readRefund(DataInputStream in) throws IOException {
    return new Refund(
        new OrderKey(in.readLong(), in.readLong()),
        new PaymentId(in.readUTF()),
        Refund.Reason.ofCode(in.readByte()));
  }

  private static void writeAdjustment(DataOutputStream out, Adjustment adjustment)
      throws IOException {
    out.writeUTF(adjustment.id());
    out.writeByte(adjustment.kind().code());
    out.writeLong(adjustment.quantity());
  }

  private static Adjustment readAdjustment(DataInputStream in) throws IOException {
    return new Adjustment(in.readUTF(), Adjustment.Kind.ofCode(in.readByte()), in.readLong());
  }
}
