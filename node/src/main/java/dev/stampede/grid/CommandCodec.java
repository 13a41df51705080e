package dev.stampede.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Money;
import dev.stampede.stock.ShardCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wire form of commands: a tag, which is never reused, and the parts in order. */
final class CommandCodec {

  private static final int RESERVE = 1;
  private static final int PAY = 2;
  private static final int CANCEL = 3;
  private static final int EXPIRE = 4;
  private static final int RESTOCK = 5;
  private static final int WITHDRAW = 6;
  private static final int FREEZE = 7;
  private static final int CLOSE = 8;
  private static final int FIND = 9;
  private static final int VIEW = 10;
  private static final int REPORT = 11;
  private static final int PAY_CLAIM = 12;
  private static final int REOPEN = 13;
  private static final int PAY_AMOUNT = 14;
  private static final int END_ORDER = 15;

  private CommandCodec() {}

  static void writeAll(ObjectDataOutput out, List<ShardCommand> commands) throws IOException {
    out.writeInt(commands.size());
    for (ShardCommand command : commands) {
      write(out, command);
    }
  }

  static List<ShardCommand> readAll(ObjectDataInput in) throws IOException {
    int size = in.readInt();
    List<ShardCommand> commands = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      commands.add(read(in));
    }
    return commands;
  }

  private static void write(ObjectDataOutput out, ShardCommand command) throws IOException {
    switch (command) {
      case ShardCommand.Reserve reserve -> {
        writeKey(out, RESERVE, reserve.order());
        out.writeString(reserve.buyer().value());
        out.writeInt(reserve.quantity());
      }
      case ShardCommand.Pay pay -> writePay(out, pay);
      case ShardCommand.Cancel cancel -> {
        writeKey(out, CANCEL, cancel.order());
        out.writeString(cancel.buyer().value());
      }
      case ShardCommand.EndOrder end -> writeKey(out, END_ORDER, end.order());
      case ShardCommand.Expire expire -> {
        out.writeByte(EXPIRE);
        out.writeInt(expire.most());
      }
      case ShardCommand.Restock restock ->
          writeAdjustment(out, RESTOCK, restock.id(), restock.quantity());
      case ShardCommand.Withdraw withdraw ->
          writeAdjustment(out, WITHDRAW, withdraw.id(), withdraw.quantity());
      case ShardCommand.Freeze freeze -> {
        out.writeByte(FREEZE);
        out.writeBoolean(freeze.frozen());
      }
      case ShardCommand.Close close -> out.writeByte(CLOSE);
      case ShardCommand.Reopen reopen -> {
        out.writeByte(REOPEN);
        out.writeString(reopen.id());
      }
      case ShardCommand.Find find -> writeKey(out, FIND, find.order());
      case ShardCommand.View view -> out.writeByte(VIEW);
      case ShardCommand.Report report -> out.writeByte(REPORT);
    }
  }

  private static void writePay(ObjectDataOutput out, ShardCommand.Pay pay) throws IOException {
    boolean hasAmount = pay.amount().isPresent();
    writeKey(out, hasAmount ? PAY_AMOUNT : pay.claim().isPresent() ? PAY_CLAIM : PAY, pay.order());
    out.writeString(pay.payment().value());
    if (hasAmount) {
      out.writeLong(pay.amount().get().minor());
      out.writeString(pay.amount().get().currency());
      out.writeBoolean(pay.claim().isPresent());
    }
    if (pay.claim().isPresent()) {
      out.writeString(pay.claim().get().buyer().value());
      out.writeInt(pay.claim().get().quantity());
    }
  }

  private static void writeKey(ObjectDataOutput out, int tag, OrderKey key) throws IOException {
    out.writeByte(tag);
    out.writeLong(key.high());
    out.writeLong(key.low());
  }

  private static void writeAdjustment(ObjectDataOutput out, int tag, String id, long quantity)
      throws IOException {
    out.writeByte(tag);
    out.writeString(id);
    out.writeLong(quantity);
  }

  private static ShardCommand read(ObjectDataInput in) throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case RESERVE ->
          new ShardCommand.Reserve(
              readKey(in), new BuyerId(GridSerialization.readText(in)), in.readInt());
      case PAY -> new ShardCommand.Pay(readKey(in), new PaymentId(GridSerialization.readText(in)));
      case PAY_CLAIM ->
          new ShardCommand.Pay(
              readKey(in), new PaymentId(GridSerialization.readText(in)), readClaim(in));
      case PAY_AMOUNT -> readPayment(in);
      case END_ORDER -> new ShardCommand.EndOrder(readKey(in));
      case CANCEL ->
          new ShardCommand.Cancel(readKey(in), new BuyerId(GridSerialization.readText(in)));
      case EXPIRE -> new ShardCommand.Expire(in.readInt());
      case RESTOCK -> new ShardCommand.Restock(GridSerialization.readText(in), in.readLong());
      case WITHDRAW -> new ShardCommand.Withdraw(GridSerialization.readText(in), in.readLong());
      case FREEZE -> new ShardCommand.Freeze(in.readBoolean());
      case CLOSE -> new ShardCommand.Close();
      case REOPEN -> new ShardCommand.Reopen(GridSerialization.readText(in));
      case FIND -> new ShardCommand.Find(readKey(in));
      case VIEW -> new ShardCommand.View();
      case REPORT -> new ShardCommand.Report();
      default -> throw new IOException("no command has the tag " + tag);
    };
  }

  private static ShardCommand readPayment(ObjectDataInput in) throws IOException {
    OrderKey order = readKey(in);
    PaymentId payment = new PaymentId(GridSerialization.readText(in));
    Money amount = new Money(in.readLong(), GridSerialization.readText(in));
    return new ShardCommand.Pay(
        order, payment, in.readBoolean() ? readClaim(in) : Optional.empty(), Optional.of(amount));
  }

  private static Optional<ShardCommand.Claim> readClaim(ObjectDataInput in) throws IOException {
    return Optional.of(
        new ShardCommand.Claim(new BuyerId(GridSerialization.readText(in)), in.readInt()));
  }

  private static OrderKey readKey(ObjectDataInput in) throws IOException {
    return new OrderKey(in.readLong(), in.readLong());
  }
}
