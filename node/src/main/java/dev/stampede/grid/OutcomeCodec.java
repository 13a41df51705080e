package dev.stampede.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.stampede.order.Order;
import dev.stampede.sale.SalePhase;
import dev.stampede.stock.CanonicalForm;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.StockView;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The wire form of outcomes: a tag, which is never reused, and the parts in order. */
final class OutcomeCodec {

  private static final int RESERVED = 1;
  private static final int PAID = 2;
  private static final int LATE_HONOURED = 3;
  private static final int REFUND_DUE = 4;
  private static final int CANCELLED = 5;
  private static final int NOT_CANCELLABLE = 6;
  private static final int FOUND = 7;
  private static final int SOLD_OUT = 8;
  private static final int LIMIT_REACHED = 9;
  private static final int NOT_OPEN = 10;
  private static final int CLOSED = 11;
  private static final int FROZEN = 12;
  private static final int KEY_REUSED = 13;
  private static final int UNKNOWN_ORDER = 14;
  private static final int EXPIRED = 15;
  private static final int REPORTED = 16;
  private static final int NOT_ENOUGH = 17;
  private static final int VIEWED = 18;
  private static final int UNANSWERED = 19;
  private static final int TOO_MANY_OPEN = 20;
  private static final int TOO_MANY_ORDERS = 25;

  private OutcomeCodec() {}

  static void writeAll(ObjectDataOutput out, List<Outcome> outcomes) throws IOException {
    out.writeInt(outcomes.size());
    for (Outcome outcome : outcomes) {
      write(out, outcome);
    }
  }

  static List<Outcome> readAll(ObjectDataInput in) throws IOException {
    int size = in.readInt();
    List<Outcome> outcomes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      outcomes.add(read(in));
    }
    return outcomes;
  }

  private static void write(ObjectDataOutput out, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Reserved o -> writeOrder(out, RESERVED, o.order(), o.replayed(), o.durable());
      case Outcome.Paid o -> writeOrder(out, PAID, o.order(), o.replayed(), o.durable());
      case Outcome.LateHonoured o -> writeOrder(out, LATE_HONOURED, o.order(), false, o.durable());
      case Outcome.RefundDue o -> {
        writeOrder(out, REFUND_DUE, o.order(), o.replayed(), o.durable());
        out.writeByte(o.reason().code());
      }
      case Outcome.Cancelled o -> writeOrder(out, CANCELLED, o.order(), o.replayed(), o.durable());
      case Outcome.NotCancellable o -> writeOrder(out, NOT_CANCELLABLE, o.order(), false, false);
      case Outcome.Found o -> writeOrder(out, FOUND, o.order(), false, o.durable());
      case Outcome.SoldOut o -> writeLong(out, SOLD_OUT, o.available());
      case Outcome.LimitReached o -> {
        out.writeByte(LIMIT_REACHED);
        out.writeInt(o.limit());
        out.writeInt(o.taken());
      }
      case Outcome.TooManyOpen o -> {
        out.writeByte(TOO_MANY_OPEN);
        out.writeInt(o.limit());
        out.writeInt(o.open());
      }
      case Outcome.TooManyOrders o -> {
        out.writeByte(TOO_MANY_ORDERS);
        out.writeInt(o.limit());
        out.writeInt(o.placed());
      }
      case Outcome.NotOpen o -> writeLong(out, NOT_OPEN, o.opensAt().toEpochMilli());
      case Outcome.Closed o -> out.writeByte(CLOSED);
      case Outcome.Frozen o -> out.writeByte(FROZEN);
      case Outcome.KeyReused o -> out.writeByte(KEY_REUSED);
      case Outcome.UnknownOrder o -> out.writeByte(UNKNOWN_ORDER);
      case Outcome.Expired o -> {
        out.writeByte(EXPIRED);
        out.writeInt(o.orders());
        out.writeBoolean(o.more());
      }
      case Outcome.Reported o -> writeReport(out, o.report());
      case Outcome.NotEnough o -> writeLong(out, NOT_ENOUGH, o.available());
      case Outcome.Viewed o -> {
        writeLong(out, VIEWED, o.view().available());
        out.writeString(o.view().phase().name());
        out.writeLong(o.view().seq());
        out.writeLong(o.view().at());
      }
      case Outcome.Unanswered o -> {
        out.writeByte(UNANSWERED);
        out.writeString(o.why().name());
      }
    }
  }

  private static void writeLong(ObjectDataOutput out, int tag, long value) throws IOException {
    out.writeByte(tag);
    out.writeLong(value);
  }

  private static void writeOrder(
      ObjectDataOutput out, int tag, Order order, boolean replayed, boolean durable)
      throws IOException {
    out.writeByte(tag);
    out.writeBoolean(replayed);
    out.writeBoolean(durable);
    out.writeLong(order.seq());
    CanonicalForm.writeOrder(out, order);
  }

  private static void writeReport(ObjectDataOutput out, ShardReport report) throws IOException {
    out.writeByte(REPORTED);
    out.writeLong(report.counts().issued());
    out.writeLong(report.counts().available());
    out.writeLong(report.counts().held());
    out.writeLong(report.counts().sold());
    out.writeLong(report.counts().withdrawn());
    out.writeString(report.phase().name());
    out.writeInt(report.epoch());
    out.writeLong(report.seq());
    out.writeLong(report.storedSeq());
    out.write(report.chain().bytes());
    out.writeLong(report.orders());
    out.writeLong(report.buyersOverLimit());
  }

  private static Outcome read(ObjectDataInput in) throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case SOLD_OUT -> new Outcome.SoldOut(in.readLong());
      case LIMIT_REACHED -> new Outcome.LimitReached(in.readInt(), in.readInt());
      case TOO_MANY_OPEN -> new Outcome.TooManyOpen(in.readInt(), in.readInt());
      case TOO_MANY_ORDERS -> new Outcome.TooManyOrders(in.readInt(), in.readInt());
      case NOT_OPEN -> new Outcome.NotOpen(Instant.ofEpochMilli(in.readLong()));
      case CLOSED -> new Outcome.Closed();
      case FROZEN -> new Outcome.Frozen();
      case KEY_REUSED -> new Outcome.KeyReused();
      case UNKNOWN_ORDER -> new Outcome.UnknownOrder();
      case EXPIRED -> new Outcome.Expired(in.readInt(), in.readBoolean());
      case REPORTED -> new Outcome.Reported(readReport(in));
      case NOT_ENOUGH -> new Outcome.NotEnough(in.readLong());
      case VIEWED -> new Outcome.Viewed(readView(in));
      case UNANSWERED ->
          new Outcome.Unanswered(Outcome.Why.valueOf(GridSerialization.readText(in)));
      default -> readAboutOrder(in, tag);
    };
  }

  private static Outcome readAboutOrder(ObjectDataInput in, int tag) throws IOException {
    boolean replayed = in.readBoolean();
    boolean durable = in.readBoolean();
    long seq = in.readLong();
    Order order = CanonicalForm.readOrder(in, seq);
    return switch (tag) {
      case RESERVED -> new Outcome.Reserved(order, replayed, durable);
      case PAID -> new Outcome.Paid(order, replayed, durable);
      case LATE_HONOURED -> new Outcome.LateHonoured(order, durable);
      case REFUND_DUE ->
          new Outcome.RefundDue(order, Refund.Reason.ofCode(in.readByte()), replayed, durable);
      case CANCELLED -> new Outcome.Cancelled(order, replayed, durable);
      case NOT_CANCELLABLE -> new Outcome.NotCancellable(order);
      case FOUND -> new Outcome.Found(order, durable);
      default -> throw new IOException("no outcome has the tag " + tag);
    };
  }

  private static StockView readView(ObjectDataInput in) throws IOException {
    return new StockView(
        in.readLong(),
        SalePhase.valueOf(GridSerialization.readText(in)),
        in.readLong(),
        in.readLong());
  }

  private static ShardReport readReport(ObjectDataInput in) throws IOException {
    ShardCounts counts =
        new ShardCounts(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    SalePhase phase = SalePhase.valueOf(GridSerialization.readText(in));
    int epoch = in.readInt();
    long seq = in.readLong();
    long storedSeq = in.readLong();
    byte[] chain = new byte[ChainHash.LENGTH];
    in.readFully(chain);
    return new ShardReport(
        counts, phase, epoch, seq, storedSeq, ChainHash.of(chain), in.readLong(), in.readLong());
  }
}
