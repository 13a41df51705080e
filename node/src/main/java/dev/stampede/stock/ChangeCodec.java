package dev.stampede.stock;

import dev.stampede.order.Order;
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
 * same bytes are hashed, sent to backups and kept in the ledger, so a change of this format needs a
 * new version that old ledgers can still be read beside.
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
      CanonicalForm.writeHeader(out, header);
      out.writeInt(orders.size());
      for (Order order : orders) {
        CanonicalForm.writeOrder(out, order);
      }
      out.writeInt(refunds.size());
      for (Refund refund : refunds) {
        CanonicalForm.writeRefund(out, refund);
      }
      out.writeInt(adjustments.size());
      for (Adjustment adjustment : adjustments) {
        CanonicalForm.writeAdjustment(out, adjustment);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** An order as it stands within a body. */
  static byte[] encode(Order order) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_ORDER);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      CanonicalForm.writeOrder(out, order);
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
      ShardChange.Header header = CanonicalForm.readHeader(in);
      List<Order> orders = readList(in, source -> CanonicalForm.readOrder(source, header.seq()));
      List<Refund> refunds = readList(in, CanonicalForm::readRefund);
      List<Adjustment> adjustments = readList(in, CanonicalForm::readAdjustment);
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
}
