package dev.stampede.stock;

import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All rules of selling: one command after the other, on a {@link ShardDraft}. */
final class ShardRules {

  private final StockShard shard;
  private final SaleTerms terms;
  private final ShardDraft draft;
  private final ShardBounds bounds;

  ShardRules(StockShard shard, ShardDraft draft, ShardBounds bounds) {
    this.shard = shard;
    this.terms = shard.terms();
    this.draft = draft;
    this.bounds = bounds;
  }

  Outcome decide(ShardCommand command) {
    return shard.isFenced()
        ? new Outcome.Unanswered(Outcome.Why.UNAVAILABLE)
        : decideUnfenced(command);
  }

  private Outcome decideUnfenced(ShardCommand command) {
    return switch (command) {
      case ShardCommand.Reserve reserve -> reserve(reserve);
      case ShardCommand.Pay pay -> pay(pay);
      case ShardCommand.Cancel cancel -> cancel(cancel);
      case ShardCommand.EndOrder end -> cancel(draft.order(end.order()));
      case ShardCommand.Expire expire -> new DeadlineRules(shard, draft).expire(expire.most());
      case ShardCommand.Restock restock ->
          adjust(new Adjustment(restock.id(), Adjustment.Kind.RESTOCK, restock.quantity()));
      case ShardCommand.Withdraw withdraw ->
          adjust(new Adjustment(withdraw.id(), Adjustment.Kind.WITHDRAW, withdraw.quantity()));
      case ShardCommand.Freeze freeze -> freeze(freeze.frozen());
      case ShardCommand.Close close -> {
        draft.close();
        yield done();
      }
      case ShardCommand.Reopen reopen -> reopen(reopen.id());
      case ShardCommand.Find find -> find(find);
      case ShardCommand.View view -> new Outcome.Viewed(shard.view(draft.now()));
      case ShardCommand.Report report ->
          new Outcome.Reported(shard.report(shard.head(), shard.phase(draft.now())));
    };
  }

  // ---- taking an order

  private Outcome reserve(ShardCommand.Reserve reserve) {
    Order before = draft.order(reserve.order());
    if (before != null) {
      return before.buyer().equals(reserve.buyer()) && before.quantity() == reserve.quantity()
          ? new Outcome.Reserved(before, true, draft.isDurable(before))
          : new Outcome.KeyReused();
    }
    return switch (draft.phase()) {
      case SCHEDULED -> new Outcome.NotOpen(terms.opensAt());
      case FROZEN -> new Outcome.Frozen();
      case CLOSED -> new Outcome.Closed();
      case OPEN -> reserveWhileOpen(reserve);
    };
  }

  private Outcome reserveWhileOpen(ShardCommand.Reserve reserve) {
    BuyerTotal has = draft.total(reserve.buyer());
    if (reserve.quantity() > terms.limitPerBuyer() - has.units()) {
      return new Outcome.LimitReached(terms.limitPerBuyer(), has.units());
    }
    if (has.openOrders() >= bounds.openOrdersPerBuyer()) {
      return new Outcome.TooManyOpen(bounds.openOrdersPerBuyer(), has.openOrders());
    }
    if (has.orders() >= bounds.ordersPerBuyer(terms)) {
      return new Outcome.TooManyOrders(bounds.ordersPerBuyer(terms), has.orders());
    }
    if (draft.counts().available() < reserve.quantity()) {
      return new Outcome.SoldOut(draft.counts().available());
    }
    if (shard.unstored().orders() >= bounds.waitingOrders()) {
      return new Outcome.Unanswered(Outcome.Why.BACKLOG_FULL);
    }
    return new Outcome.Reserved(draft.enter(firstStep(reserve), has), false, false);
  }

  private Order firstStep(ShardCommand.Reserve reserve) {
    OrderState state = firstState(terms.reduction());
    long heldUntil = state.hasDeadline() ? draft.now() + terms.holdTime().toMillis() : 0;
    return new Order(
        reserve.order(),
        reserve.buyer(),
        reserve.quantity(),
        state,
        draft.now(),
        heldUntil,
        PaymentId.NONE,
        draft.seq());
  }

  private static OrderState firstState(Reduction reduction) {
    return switch (reduction) {
      case AT_ORDER -> OrderState.PLACED;
      case RESERVE -> OrderState.HELD;
      case AT_PAYMENT -> OrderState.AWAITING_PAYMENT;
    };
  }

  // ---- paying

  private Outcome pay(ShardCommand.Pay pay) {
    Order order = draft.order(pay.order());
    if (order == null) {
      return payLost(pay);
    }
    Optional<Refund> refund = draft.refund(pay.order(), pay.payment());
    if (refund.isPresent()) {
      return new Outcome.RefundDue(order, refund.get().reason(), true, false);
    }
    boolean isHonoured = order.payment().equals(pay.payment());
    if (!isHonoured && pay.claim().isPresent() && !pay.claim().get().fits(order)) {
      return giveBack(order, pay.payment(), Refund.Reason.OTHER_ORDER);
    }
    if (!isHonoured && !isAmountOf(order, pay)) {
      return giveBack(order, pay.payment(), Refund.Reason.AMOUNT_DIFFERS);
    }
    return switch (order.state()) {
      // A hold ends when its expiry is decided, not a moment before: its units are still there.
      case HELD, PLACED -> paid(order, pay.payment());
      case PAID -> payAgain(order, pay.payment());
      case AWAITING_PAYMENT ->
          draft.counts().available() >= order.quantity()
              ? paid(order, pay.payment())
              : endUnpaid(order, pay.payment());
      case CANCELLED -> giveBack(order, pay.payment(), Refund.Reason.ORDER_CANCELLED);
      case EXPIRED -> payLate(order, pay.payment());
    };
  }

  /**
   * Somebody paid for an order that is not there. Once a sale has opened, it may have been lost: it
   * went with more nodes than there were backups, before the database had it. Then it counts as one
   * that has ended, and the payment as late.
   */
  private Outcome payLost(ShardCommand.Pay pay) {
    if (pay.claim().isEmpty() || draft.now() < terms.opensAt().toEpochMilli()) {
      return new Outcome.UnknownOrder();
    }
    ShardCommand.Claim claim = pay.claim().get();
    Order lost =
        new Order(
            pay.order(),
            claim.buyer(),
            claim.quantity(),
            OrderState.EXPIRED,
            draft.now(),
            0,
            PaymentId.NONE,
            draft.seq());
    Order entered = draft.enter(lost, draft.total(claim.buyer()));
    return isAmountOf(entered, pay)
        ? payLate(entered, pay.payment())
        : giveBack(entered, pay.payment(), Refund.Reason.AMOUNT_DIFFERS);
  }

  /** Whether a payment is of what the order costs, or does not say of how much it is. */
  private boolean isAmountOf(Order order, ShardCommand.Pay pay) {
    if (pay.amount().isEmpty()) {
      return true;
    }
    Money amount = pay.amount().get();
    return amount.currency().equals(terms.price().currency())
        && amount.minor() == terms.price().times(order.quantity());
  }

  private Outcome paid(Order order, PaymentId payment) {
    return new Outcome.Paid(draft.put(order.paidBy(payment, draft.seq())), false, false);
  }

  private Outcome payAgain(Order order, PaymentId payment) {
    return order.payment().equals(payment)
        ? new Outcome.Paid(order, true, draft.isDurable(order))
        : giveBack(order, payment, Refund.Reason.PAID_ALREADY);
  }

  /** Its buyer paid and got nothing: the claim ends, so that nobody is charged for it twice. */
  private Outcome endUnpaid(Order order, PaymentId payment) {
    Order ended = draft.put(order.in(OrderState.EXPIRED, draft.seq()));
    return giveBack(ended, payment, Refund.Reason.SOLD_OUT);
  }

  private Outcome payLate(Order order, PaymentId payment) {
    if (draft.isClosed() && terms.latePayments() == LatePayments.UNTIL_CLOSED) {
      return giveBack(order, payment, Refund.Reason.SALE_CLOSED);
    }
    if (draft.isFrozen()) {
      return giveBack(order, payment, Refund.Reason.SALE_FROZEN);
    }
    if (draft.counts().available() < order.quantity()) {
      return giveBack(order, payment, Refund.Reason.SOLD_OUT);
    }
    if (draft.total(order.buyer()).units() + order.quantity() > terms.limitPerBuyer()) {
      return giveBack(order, payment, Refund.Reason.LIMIT_REACHED);
    }
    return new Outcome.LateHonoured(draft.put(order.paidBy(payment, draft.seq())), false);
  }

  private Outcome giveBack(Order order, PaymentId payment, Refund.Reason reason) {
    draft.refund(new Refund(order.key(), payment, reason));
    return new Outcome.RefundDue(order, reason, false, false);
  }

  // ---- ending an order

  private Outcome cancel(ShardCommand.Cancel cancel) {
    Order order = draft.order(cancel.order());
    return cancel(order != null && order.buyer().equals(cancel.buyer()) ? order : null);
  }

  private Outcome cancel(@Nullable Order order) {
    if (order == null) {
      return new Outcome.UnknownOrder();
    }
    return switch (order.state()) {
      case HELD, AWAITING_PAYMENT, PLACED ->
          new Outcome.Cancelled(
              draft.put(order.in(OrderState.CANCELLED, draft.seq())), false, false);
      case CANCELLED -> new Outcome.Cancelled(order, true, draft.isDurable(order));
      case PAID, EXPIRED -> new Outcome.NotCancellable(order);
    };
  }

  private Outcome find(ShardCommand.Find find) {
    Order order = draft.order(find.order());
    return order == null
        ? new Outcome.UnknownOrder()
        : new Outcome.Found(order, draft.isDurable(order));
  }

  // ---- operators

  private Outcome adjust(Adjustment wanted) {
    Optional<Adjustment> before = draft.adjustment(wanted.id());
    if (before.isPresent()) {
      return before.get().equals(wanted) ? done() : new Outcome.KeyReused();
    }
    if (wanted.kind() == Adjustment.Kind.RESTOCK && draft.phase() == SalePhase.CLOSED) {
      return new Outcome.Closed();
    }
    if (wanted.kind() == Adjustment.Kind.WITHDRAW
        && draft.counts().available() < wanted.quantity()) {
      return new Outcome.NotEnough(draft.counts().available());
    }
    draft.adjust(wanted);
    return done();
  }

  private Outcome freeze(boolean frozen) {
    if (!frozen && draft.phase() == SalePhase.CLOSED) {
      return new Outcome.Closed(); // it would not sell: only reopening does that
    }
    draft.freeze(frozen);
    return done();
  }

  /** The owner's clock decides whether the sale is over, not the time that the shard has seen. */
  private Outcome reopen(String id) {
    Adjustment wanted = new Adjustment(id, Adjustment.Kind.REOPEN, 0);
    Optional<Adjustment> before = draft.adjustment(id);
    if (before.isPresent()) {
      return before.get().equals(wanted) ? done() : new Outcome.KeyReused();
    }
    if (draft.clock() >= terms.closesAt().toEpochMilli()) {
      return new Outcome.Closed();
    }
    if (draft.isClosed() || draft.now() > draft.clock()) {
      draft.reopen(wanted);
    }
    return done();
  }

  private Outcome done() {
    return new Outcome.Reported(draft.report());
  }
}
