package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.BOB;
import static dev.stampede.stock.ShardFixture.BOUNDS;
import static dev.stampede.stock.ShardFixture.CLOSES;
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
import dev.stampede.sale.SalePhase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockShardTest {

  @Test
  void outdatedBy_aLaterLoading_lastsUntilItsEpochIsAdopted() {
    StockShard shard = shard(1, Reduction.RESERVE);
    shard.outdatedBy(2);
    assertThat(shard.isOutdated()).isTrue();

    shard.adoptEpoch(2);
    assertThat(shard.isOutdated()).isFalse();
  }

  @Test
  void reserve_whileOpen_holdsUnits() {
    StockShard shard = shard(10, Reduction.RESERVE);

    Outcome outcome = execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(outcome).isInstanceOf(Outcome.Reserved.class);
    assertThat(((Outcome.Reserved) outcome).order().heldUntil()).isEqualTo(OPENS + HOLD);
    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(10, 8, 2, 0, 0));
  }

  @Test
  void reserve_atOrder_sellsUnits() {
    StockShard shard = shard(10, Reduction.AT_ORDER);

    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(10, 8, 0, 2, 0));
    assertThat(stateOf(shard, 1)).isEqualTo(OrderState.PLACED);
  }

  @Test
  void reserve_atPayment_takesNoUnits() {
    StockShard shard = shard(10, Reduction.AT_PAYMENT);

    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(shard.head().counts()).isEqualTo(ShardCounts.issued(10));
    assertThat(stateOf(shard, 1)).isEqualTo(OrderState.AWAITING_PAYMENT);
  }

  @Test
  void reserve_whenShardIsEmpty_answersSoldOut() {
    StockShard shard = shard(1, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));

    assertThat(execute(shard, OPENS, reserve(2, BOB, 1))).isEqualTo(new Outcome.SoldOut(0));
  }

  @Test
  void reserve_forMoreThanIsLeft_answersSoldOutAndTakesNothing() {
    StockShard shard = shard(1, Reduction.RESERVE);

    assertThat(execute(shard, OPENS, reserve(1, ANN, 2))).isEqualTo(new Outcome.SoldOut(1));
    assertThat(shard.head().counts()).isEqualTo(ShardCounts.issued(1));
  }

  @Test
  void reserve_again_answersTheSameOrderAndChangesNothing() {
    StockShard shard = shard(10, Reduction.RESERVE);
    Outcome.Reserved first = (Outcome.Reserved) execute(shard, OPENS, reserve(1, ANN, 2));

    Outcome.Reserved second = (Outcome.Reserved) execute(shard, OPENS + 5, reserve(1, ANN, 2));

    assertThat(second.replayed()).isTrue();
    assertThat(second.order()).isEqualTo(first.order());
    assertThat(shard.head().seq()).isEqualTo(1);
  }

  @Test
  void reserve_againAfterSoldOutAndClosed_stillAnswersTheOrder() {
    StockShard shard = shard(1, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));

    assertThat(execute(shard, CLOSES + 1, reserve(1, ANN, 1))).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void reserve_sameKeyOtherQuantity_answersKeyReused() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));

    assertThat(execute(shard, OPENS, reserve(1, ANN, 2))).isEqualTo(new Outcome.KeyReused());
  }

  @Test
  void reserve_outsideTheWindow_takesNothing() {
    StockShard shard = shard(10, Reduction.RESERVE);

    assertThat(execute(shard, OPENS - 1, reserve(1, ANN, 1)))
        .isEqualTo(new Outcome.NotOpen(Instant.ofEpochMilli(OPENS)));
    assertThat(execute(shard, CLOSES, reserve(1, ANN, 1))).isEqualTo(new Outcome.Closed());
    assertThat(shard.head().seq()).isZero();
  }

  @Test
  void reserve_clockRunsBackwards_shardTimeDoesNot() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS + 500, reserve(1, ANN, 1));

    Outcome.Reserved later = (Outcome.Reserved) execute(shard, OPENS, reserve(2, BOB, 1));

    assertThat(later.order().createdAt()).isEqualTo(OPENS + 500);
  }

  @Test
  void freeze_stopsSellingButNotPaying() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, new ShardCommand.Freeze(true));

    assertThat(execute(shard, OPENS, reserve(2, BOB, 1))).isEqualTo(new Outcome.Frozen());
    assertThat(pay(shard, 1, PAYMENT)).isInstanceOf(Outcome.Paid.class);
    execute(shard, OPENS, new ShardCommand.Freeze(false));
    assertThat(execute(shard, OPENS, reserve(2, BOB, 1))).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void close_endsTheSaleButHoldsCanBePaid() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, new ShardCommand.Close());

    assertThat(execute(shard, OPENS, reserve(2, BOB, 1))).isEqualTo(new Outcome.Closed());
    assertThat(pay(shard, 1, PAYMENT)).isInstanceOf(Outcome.Paid.class);
    assertThat(shard.view(OPENS).phase()).isEqualTo(SalePhase.CLOSED);
  }

  @Test
  void cancel_releasesUnitsAndLimit() {
    StockShard shard = shard(2, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(execute(shard, OPENS, new ShardCommand.Cancel(key(1), ANN)))
        .isInstanceOf(Outcome.Cancelled.class);
    assertThat(execute(shard, OPENS, reserve(2, ANN, 2))).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void cancel_ofSomebodyElsesOrder_isUnknown() {
    StockShard shard = shard(2, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 2));

    assertThat(execute(shard, OPENS, new ShardCommand.Cancel(key(1), BOB)))
        .isEqualTo(new Outcome.UnknownOrder());
  }

  @Test
  void cancel_ofPaidOrder_isRefused() {
    StockShard shard = shard(2, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 2));
    pay(shard, 1, PAYMENT);

    assertThat(execute(shard, OPENS, new ShardCommand.Cancel(key(1), ANN)))
        .isInstanceOf(Outcome.NotCancellable.class);
  }

  @Test
  void expire_endsDueOrdersOldestFirstAndSaysWhetherMoreAreDue() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS + 1, reserve(2, BOB, 1));
    execute(shard, OPENS + 2, reserve(3, ANN, 1));

    Outcome outcome = execute(shard, OPENS + 1 + HOLD, new ShardCommand.Expire(1));

    assertThat(outcome).isEqualTo(new Outcome.Expired(1, true));
    assertThat(stateOf(shard, 1)).isEqualTo(OrderState.EXPIRED);
    assertThat(stateOf(shard, 2)).isEqualTo(OrderState.HELD);
    assertThat(shard.nextDeadline()).isEqualTo(OPENS + 1 + HOLD);
  }

  @Test
  void expire_leavesWhatWasPaidInTheSameBatch() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));

    Decision decision =
        shard.decide(
            List.of(new ShardCommand.Pay(key(1), PAYMENT), new ShardCommand.Expire(9)),
            OPENS + HOLD,
            BOUNDS);

    assertThat(decision.outcomes().get(1)).isEqualTo(new Outcome.Expired(0, false));
  }

  @Test
  void restockAndWithdraw_moveUnitsOnce() {
    StockShard shard = shard(10, Reduction.RESERVE);
    ShardCommand restock = new ShardCommand.Restock("r", 5);
    ShardCommand withdraw = new ShardCommand.Withdraw("w", 3);
    for (ShardCommand command : List.of(restock, restock, withdraw, withdraw)) {
      assertThat(execute(shard, OPENS, command)).isInstanceOf(Outcome.Reported.class);
    }

    assertThat(shard.head().counts()).isEqualTo(new ShardCounts(15, 12, 0, 0, 3));
    assertThat(execute(shard, OPENS, new ShardCommand.Restock("r", 6)))
        .isEqualTo(new Outcome.KeyReused());
    assertThat(execute(shard, OPENS, new ShardCommand.Withdraw("x", 13)))
        .isEqualTo(new Outcome.NotEnough(12));
  }

  @Test
  void decide_touchesNothing() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));
    ShardSnapshot before = shard.snapshot();

    shard.decide(List.of(reserve(2, BOB, 2), new ShardCommand.Close()), OPENS, BOUNDS);

    assertThat(shard.snapshot()).isEqualTo(before);
  }

  @Test
  void apply_ofChangeThatDoesNotFollow_touchesNothing() {
    StockShard owner = shard(10, Reduction.RESERVE);
    StockShard backup = shard(10, Reduction.RESERVE);
    execute(owner, OPENS, reserve(1, ANN, 1));
    ShardChange second =
        owner.decide(List.of(reserve(2, BOB, 1)), OPENS, BOUNDS).change().orElseThrow();
    ShardSnapshot before = backup.snapshot();

    assertThat(backup.apply(second)).isFalse();
    assertThat(backup.snapshot()).isEqualTo(before);
  }

  @Test
  void apply_ofChangeFromAnotherHistory_touchesNothing() {
    StockShard one = shard(10, Reduction.RESERVE);
    StockShard other = shard(10, Reduction.RESERVE);
    execute(one, OPENS, reserve(1, ANN, 1));
    execute(other, OPENS, reserve(2, BOB, 1));
    ShardChange next =
        one.decide(List.of(reserve(3, BOB, 1)), OPENS, BOUNDS).change().orElseThrow();

    assertThat(other.apply(next)).isFalse();
  }

  @Test
  void fencedShard_answersNothing() {
    StockShard shard = shard(10, Reduction.RESERVE);
    shard.fence();

    assertThat(execute(shard, OPENS, reserve(1, ANN, 1)))
        .isEqualTo(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
  }

  private static Outcome pay(StockShard shard, long number, PaymentId payment) {
    return execute(shard, OPENS, new ShardCommand.Pay(key(number), payment));
  }

  private static OrderState stateOf(StockShard shard, long number) {
    return ((Outcome.Found) execute(shard, OPENS, new ShardCommand.Find(key(number))))
        .order()
        .state();
  }
}
