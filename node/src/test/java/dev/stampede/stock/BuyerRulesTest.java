package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.BOB;
import static dev.stampede.stock.ShardFixture.BOUNDS;
import static dev.stampede.stock.ShardFixture.HOLD;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.PAYMENT;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.key;
import static dev.stampede.stock.ShardFixture.reserve;
import static dev.stampede.stock.ShardFixture.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Reduction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much one buyer may have: units, and orders that are not paid. */
class BuyerRulesTest {

  private static final ShardBounds ONE_OPEN = new ShardBounds(1_000, 1);

  @Test
  void reserve_overLimit_isRefusedWithWhatTheBuyerHas() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1));

    assertThat(execute(shard, OPENS, reserve(2, ANN, 2))).isEqualTo(new Outcome.LimitReached(2, 1));
  }

  @Test
  void reserve_overLimitWithinOneBatch_isRefused() {
    StockShard shard = shard(10, Reduction.RESERVE);

    Decision decision =
        shard.decide(
            List.of(reserve(1, ANN, 2), reserve(2, ANN, 1), reserve(3, BOB, 1)), OPENS, BOUNDS);

    assertThat(decision.outcomes().get(1)).isEqualTo(new Outcome.LimitReached(2, 2));
    assertThat(decision.outcomes().get(2)).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void reserve_whenAnotherIsPlacedForGood_isNotCapped() {
    StockShard shard = shard(10, Reduction.AT_ORDER);
    execute(shard, OPENS, reserve(1, ANN, 1), ONE_OPEN);

    assertThat(execute(shard, OPENS, reserve(2, ANN, 1), ONE_OPEN))
        .isInstanceOf(Outcome.Reserved.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AT_ORDER")
  void reserve_whenAnotherIsUnpaid_isRefusedUntilItIsPaid(Reduction reduction) {
    StockShard shard = shard(10, reduction);
    execute(shard, OPENS, reserve(1, ANN, 1), ONE_OPEN);

    assertThat(execute(shard, OPENS, reserve(2, ANN, 1), ONE_OPEN))
        .isEqualTo(new Outcome.TooManyOpen(1, 1));
    assertThat(execute(shard, OPENS, reserve(3, BOB, 1), ONE_OPEN))
        .isInstanceOf(Outcome.Reserved.class);
    execute(shard, OPENS, new ShardCommand.Pay(key(1), PAYMENT), ONE_OPEN);
    assertThat(execute(shard, OPENS, reserve(2, ANN, 1), ONE_OPEN))
        .isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void reserve_whenTheUnpaidOneHasEnded_isTaken() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1), ONE_OPEN);
    execute(shard, OPENS, new ShardCommand.Cancel(key(1), ANN), ONE_OPEN);
    execute(shard, OPENS, reserve(2, ANN, 1), ONE_OPEN);
    execute(shard, OPENS + HOLD, new ShardCommand.Expire(9), ONE_OPEN);

    assertThat(execute(shard, OPENS + HOLD, reserve(3, ANN, 1), ONE_OPEN))
        .isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void reserve_againAtTheCap_stillAnswersTheOrder() {
    StockShard shard = shard(10, Reduction.RESERVE);
    execute(shard, OPENS, reserve(1, ANN, 1), ONE_OPEN);

    assertThat(execute(shard, OPENS, reserve(1, ANN, 1), ONE_OPEN))
        .isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void reserve_pastTheCapWithinOneBatchOrAfterLoading_isRefused() {
    StockShard shard = shard(10, Reduction.RESERVE);
    List<ShardCommand> batch = List.of(reserve(1, ANN, 1), reserve(2, ANN, 1));

    Decision decision = shard.decide(batch, OPENS, ONE_OPEN);
    decision.change().ifPresent(shard::apply);
    StockShard loaded = new StockShard(shard.snapshot());

    assertThat(decision.outcomes().get(1)).isEqualTo(new Outcome.TooManyOpen(1, 1));
    assertThat(execute(loaded, OPENS, reserve(2, ANN, 1), ONE_OPEN))
        .isEqualTo(new Outcome.TooManyOpen(1, 1));
  }

  @Test
  void reserve_whenTheBacklogIsFull_isRefusedWhilePaymentsGoOn() {
    StockShard shard = shard(10, Reduction.RESERVE);
    ShardBounds one = new ShardBounds(1, 10);
    execute(shard, OPENS, reserve(1, ANN, 1), one);

    assertThat(execute(shard, OPENS, reserve(2, BOB, 1), one))
        .isEqualTo(new Outcome.Unanswered(Outcome.Why.BACKLOG_FULL));
    assertThat(execute(shard, OPENS, new ShardCommand.Pay(key(1), PAYMENT), one))
        .isInstanceOf(Outcome.Paid.class);
    shard.unstored().stored(2);
    assertThat(execute(shard, OPENS, reserve(2, BOB, 1), one)).isInstanceOf(Outcome.Reserved.class);
  }

  /** Each order takes memory until the sale ends, whatever became of it. */
  @ParameterizedTest
  @EnumSource
  void reserve_whenOrderingAndCancellingForEver_isRefusedAtTheBound(Reduction reduction) {
    StockShard shard = shard(10, reduction);
    int most = BOUNDS.ordersPerBuyer(shard.terms());
    for (int i = 0; i < most; i++) {
      assertThat(execute(shard, OPENS, reserve(i, ANN, 1))).isInstanceOf(Outcome.Reserved.class);
      execute(shard, OPENS, new ShardCommand.Cancel(key(i), ANN));
    }

    assertThat(most).isEqualTo(50);
    assertThat(execute(shard, OPENS, reserve(most, ANN, 1)))
        .isEqualTo(new Outcome.TooManyOrders(50, 50));
    assertThat(execute(new StockShard(shard.snapshot()), OPENS, reserve(most, ANN, 1)))
        .isEqualTo(new Outcome.TooManyOrders(50, 50));
    assertThat(execute(shard, OPENS, reserve(0, ANN, 1)))
        .isInstanceOfSatisfying(
            Outcome.Reserved.class, replay -> assertThat(replay.replayed()).isTrue());
    assertThat(execute(shard, OPENS, reserve(most, BOB, 1))).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void pay_whenTheBuyersOrdersAreUsedUp_isTaken() {
    StockShard shard = shard(10, Reduction.RESERVE);
    ShardBounds two = new ShardBounds(1_000, 10, 2);
    execute(shard, OPENS, reserve(1, ANN, 1), two);
    execute(shard, OPENS, new ShardCommand.Cancel(key(1), ANN), two);
    execute(shard, OPENS, reserve(2, ANN, 1), two);

    assertThat(execute(shard, OPENS, reserve(3, ANN, 1), two))
        .isEqualTo(new Outcome.TooManyOrders(2, 2));
    assertThat(execute(shard, OPENS, new ShardCommand.Pay(key(2), PAYMENT), two))
        .isInstanceOf(Outcome.Paid.class);
  }

  /** A buyer who buys one at a time gets all that the limit allows. */
  @Test
  void bounds_whenLowerThanTheLimit_areTheLimit() {
    StockShard shard = shard(10, Reduction.RESERVE);

    assertThat(new ShardBounds(1, 1, 1).ordersPerBuyer(shard.terms())).isEqualTo(2);
    assertThat(new ShardBounds(1, 1, 9).ordersPerBuyer(shard.terms())).isEqualTo(9);
  }
}
