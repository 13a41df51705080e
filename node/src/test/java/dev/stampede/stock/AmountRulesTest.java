package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.key;
import static dev.stampede.stock.ShardFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleTerms;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an amount, a closed sale and an ended order mean for payments. */
class AmountRulesTest {

  private static final PaymentId P = new PaymentId("p");

  private static StockShard shard(Reduction reduction, LatePayments late) {
    StockShard like = ShardFixture.shard(10, reduction);
    SaleTerms terms = like.terms().at(new Money(990, "EUR")).with(late);
    return new StockShard(ShardFixture.fresh(like.key(), terms, 10));
  }

  private static ShardCommand.Pay pay(Money amount) {
    return new ShardCommand.Pay(key(1), P, Optional.empty(), Optional.of(amount));
  }

  private static Refund.Reason refunded(Outcome outcome) {
    return ((Outcome.RefundDue) outcome).reason();
  }

  @Test
  void pay_whenTheAmountFits_paysTheOrder() {
    StockShard shard = shard(Reduction.RESERVE, LatePayments.UNTIL_CLOSED);
    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(execute(shard, OPENS, pay(new Money(1980, "EUR")))).isInstanceOf(Outcome.Paid.class);
  }

  @Test
  void pay_whenTheAmountDiffers_goesBackAndLeavesTheOrder() {
    StockShard shard = shard(Reduction.RESERVE, LatePayments.UNTIL_CLOSED);
    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(refunded(execute(shard, OPENS, pay(new Money(990, "EUR")))))
        .isEqualTo(Refund.Reason.AMOUNT_DIFFERS);
    assertThat(shard.order(key(1)).state()).isEqualTo(OrderState.HELD);
    assertThat(
            refunded(
                execute(
                    shard,
                    OPENS,
                    new ShardCommand.Pay(
                        key(1),
                        new PaymentId("q"),
                        Optional.empty(),
                        Optional.of(new Money(1980, "USD"))))))
        .isEqualTo(Refund.Reason.AMOUNT_DIFFERS);
  }

  @Test
  void pay_whenTheLostOrderIsOfMoreThanCanBe_goesBack() {
    StockShard shard = shard(Reduction.RESERVE, LatePayments.UNTIL_CLOSED);
    Money most = new Money(SaleTerms.MAX_PRICE, "EUR");
    StockShard dear = new StockShard(ShardFixture.fresh(shard.key(), shard.terms().at(most), 10));
    ShardCommand.Claim claim = new ShardCommand.Claim(ANN, Integer.MAX_VALUE);

    Outcome outcome =
        execute(
            dear, OPENS, new ShardCommand.Pay(key(1), P, Optional.of(claim), Optional.of(most)));

    assertThat(refunded(outcome)).isEqualTo(Refund.Reason.AMOUNT_DIFFERS);
  }

  @Test
  void pay_whenExpiredAndClosedByAnOperator_goesBackUnlessTheSaleSaysAlways() {
    for (LatePayments late : LatePayments.values()) {
      StockShard shard = shard(Reduction.RESERVE, late);
      execute(shard, OPENS, reserve(1, ANN, 1));
      execute(shard, OPENS + ShardFixture.HOLD, new ShardCommand.Expire(9));
      execute(shard, OPENS + ShardFixture.HOLD, new ShardCommand.Close());

      Outcome outcome = execute(shard, OPENS + ShardFixture.HOLD, new ShardCommand.Pay(key(1), P));

      if (late == LatePayments.ALWAYS) {
        assertThat(outcome).isInstanceOf(Outcome.LateHonoured.class);
      } else {
        assertThat(refunded(outcome)).isEqualTo(Refund.Reason.SALE_CLOSED);
      }
    }
  }

  @Test
  void pay_whenHeldAndClosedByAnOperator_isHonoured() {
    StockShard shard = shard(Reduction.RESERVE, LatePayments.UNTIL_CLOSED);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, new ShardCommand.Close());

    assertThat(execute(shard, OPENS, new ShardCommand.Pay(key(1), P)))
        .isInstanceOf(Outcome.Paid.class);
  }

  @Test
  void endOrder_whenPlaced_freesItsUnitsAndRefundsWhatComesLater() {
    StockShard shard = shard(Reduction.AT_ORDER, LatePayments.UNTIL_CLOSED);
    execute(shard, OPENS, reserve(1, ANN, 2));

    Outcome ended = execute(shard, OPENS, new ShardCommand.EndOrder(key(1)));

    assertThat(((Outcome.Cancelled) ended).order().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(shard.head().counts()).isEqualTo(ShardCounts.issued(10));
    assertThat(execute(shard, OPENS, new ShardCommand.EndOrder(key(1))))
        .isInstanceOfSatisfying(
            Outcome.Cancelled.class, again -> assertThat(again.replayed()).isTrue());
    assertThat(refunded(execute(shard, OPENS, new ShardCommand.Pay(key(1), P))))
        .isEqualTo(Refund.Reason.ORDER_CANCELLED);
  }

  @Test
  void endOrder_whenPaidOrUnknown_changesNothing() {
    StockShard shard = shard(Reduction.AT_ORDER, LatePayments.UNTIL_CLOSED);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, new ShardCommand.Pay(key(1), P));

    assertThat(execute(shard, OPENS, new ShardCommand.EndOrder(key(1))))
        .isInstanceOf(Outcome.NotCancellable.class);
    assertThat(execute(shard, OPENS, new ShardCommand.EndOrder(key(2))))
        .isInstanceOf(Outcome.UnknownOrder.class);
  }
}
