package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.BOB;
import static dev.stampede.stock.ShardFixture.HOLD;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.PAYMENT;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.key;
import static dev.stampede.stock.ShardFixture.reserve;
import static dev.stampede.stock.ShardFixture.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Reduction;
import org.junit.jupiter.api.Test;

/** What becomes of a payment: docs/decisions/0005. */
class PaymentRulesTest {

  private static final PaymentId OTHER_PAYMENT = new PaymentId("pay-2");
  private static final Class<?> REFUND = Outcome.RefundDue.class;

  @Test
  void pay_inTime_sells() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(pay(shard, 1, PAYMENT)).isInstanceOf(Outcome.Paid.class);
    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(10, 8, 0, 2, 0));
    assertThat(shard.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pay_againWithTheSamePayment_changesNothing() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    pay(shard, 1, PAYMENT);

    assertThat(((Outcome.Paid) pay(shard, 1, PAYMENT)).replayed()).isTrue();
    assertThat(shard.head().seq()).isEqualTo(2);
  }

  @Test
  void pay_againWithAnotherPayment_givesItBackOnce() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    pay(shard, 1, PAYMENT);

    Outcome.RefundDue first = (Outcome.RefundDue) pay(shard, 1, OTHER_PAYMENT);
    Outcome.RefundDue second = (Outcome.RefundDue) pay(shard, 1, OTHER_PAYMENT);

    assertThat(first.reason()).isEqualTo(Refund.Reason.PAID_ALREADY);
    assertThat(second.replayed()).isTrue();
    assertThat(shard.snapshot().refunds()).hasSize(1);
    assertThat(shard.head().counts().sold()).isEqualTo(1);
  }

  @Test
  void pay_afterExpiry_isHonouredWhileUnitsAreLeft() {
    StockShard shard = shard(1, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    expireAll(shard);

    assertThat(pay(shard, 1, PAYMENT)).isInstanceOf(Outcome.LateHonoured.class);
    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(1, 0, 0, 1, 0));
  }

  @Test
  void pay_afterExpiryAndResale_isGivenBack() {
    StockShard shard = shard(1, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    expireAll(shard);
    execute(shard, OPENS + HOLD, reserve(2, BOB, 1));

    Outcome.RefundDue outcome = (Outcome.RefundDue) pay(shard, 1, PAYMENT);

    assertThat(outcome.reason()).isEqualTo(Refund.Reason.SOLD_OUT);
    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(1, 0, 1, 0, 0));
  }

  @Test
  void pay_afterExpiryWithLimitUsedUp_isGivenBack() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    expireAll(shard);
    execute(shard, OPENS + HOLD, reserve(2, ANN, 2));

    assertThat(((Outcome.RefundDue) pay(shard, 1, PAYMENT)).reason())
        .isEqualTo(Refund.Reason.LIMIT_REACHED);
  }

  @Test
  void pay_forCancelledOrder_isGivenBack() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, new ShardCommand.Cancel(key(1), ANN));

    assertThat(((Outcome.RefundDue) pay(shard, 1, PAYMENT)).reason())
        .isEqualTo(Refund.Reason.ORDER_CANCELLED);
  }

  @Test
  void pay_afterExpiryOfFrozenSale_isGivenBack() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    expireAll(shard);
    execute(shard, OPENS, new ShardCommand.Freeze(true));

    assertThat(((Outcome.RefundDue) pay(shard, 1, PAYMENT)).reason())
        .isEqualTo(Refund.Reason.SALE_FROZEN);
  }

  @Test
  void pay_atPaymentAfterSoldOut_isGivenBackAndEndsTheOrder() {
    StockShard shard = shard(1, Reduction.AT_PAYMENT);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, reserve(2, BOB, 1));
    pay(shard, 2, PAYMENT);

    assertThat(((Outcome.RefundDue) pay(shard, 1, OTHER_PAYMENT)).reason())
        .isEqualTo(Refund.Reason.SOLD_OUT);
    assertThat(stateOf(shard, 1)).isEqualTo(OrderState.EXPIRED);
    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(1, 0, 0, 1, 0));
  }

  @Test
  void pay_unknownOrder_isUnknown() {
    assertThat(pay(shard(1, Reduction.RESERVE), 9, PAYMENT)).isEqualTo(new Outcome.UnknownOrder());
  }

  @Test
  void pay_givenBackBefore_isGivenBackAgainThoughUnitsAreThere() {
    StockShard shard = shard(1, Reduction.AT_PAYMENT);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, new ShardCommand.Withdraw("w", 1));
    pay(shard, 1, PAYMENT);
    execute(shard, OPENS, new ShardCommand.Restock("r", 1));
    long seq = shard.head().seq();

    Outcome.RefundDue again = (Outcome.RefundDue) pay(shard, 1, PAYMENT);

    assertThat(again.reason()).isEqualTo(Refund.Reason.SOLD_OUT);
    assertThat(again.replayed()).isTrue();
    assertThat(shard.head().seq()).isEqualTo(seq);
    assertThat(pay(shard, 1, OTHER_PAYMENT)).isInstanceOf(Outcome.LateHonoured.class);
    assertThat(pay(shard, 1, PAYMENT)).as("even once another has paid").isInstanceOf(REFUND);
  }

  @Test
  void pay_withPaymentOfAnotherOrder_isJudgedByItsOwnOrder() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, reserve(2, BOB, 1));
    pay(shard, 1, PAYMENT);
    pay(shard, 1, OTHER_PAYMENT);

    assertThat(pay(shard, 2, OTHER_PAYMENT))
        .as("given back for 1")
        .isInstanceOf(Outcome.Paid.class);
    assertThat(pay(shard, 2, PAYMENT)).as("accepted for 1").isInstanceOf(REFUND);
    assertThat(((Outcome.Paid) pay(shard, 1, PAYMENT)).replayed()).isTrue();
  }

  @Test
  void pay_afterLateOneWasHonoured_isPaidAlreadyOrTheSame() {
    StockShard shard = shard(1, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    expireAll(shard);
    pay(shard, 1, PAYMENT);

    assertThat(((Outcome.Paid) pay(shard, 1, PAYMENT)).replayed()).isTrue();
    assertThat(((Outcome.RefundDue) pay(shard, 1, OTHER_PAYMENT)).reason())
        .isEqualTo(Refund.Reason.PAID_ALREADY);
    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(1, 0, 0, 1, 0));
  }

  private static Outcome pay(StockShard shard, long number, PaymentId payment) {
    return execute(shard, OPENS, new ShardCommand.Pay(key(number), payment));
  }

  private static void expireAll(StockShard shard) {
    execute(shard, OPENS + HOLD, new ShardCommand.Expire(100));
  }

  private static OrderState stateOf(StockShard shard, long number) {
    return ((Outcome.Found) execute(shard, OPENS, new ShardCommand.Find(key(number))))
        .order()
        .state();
  }
}
