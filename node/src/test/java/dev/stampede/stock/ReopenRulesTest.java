package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.BOB;
import static dev.stampede.stock.ShardFixture.CLOSES;
import static dev.stampede.stock.ShardFixture.HOLD;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.key;
import static dev.stampede.stock.ShardFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.Order;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SalePhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A clock that ran ahead closes a sale; an operator has it opened again. */
class ReopenRulesTest {

  private static final ShardCommand REOPEN = new ShardCommand.Reopen("ops-1");
  private static final ShardCommand UNFREEZE = new ShardCommand.Freeze(false);
  private static final long DAY = 86_400_000;

  private final StockShard shard = ShardFixture.shard(10, Reduction.RESERVE);

  /** One order by a right clock, then the sale is closed by a wrong one. */
  private void runAhead() {
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS + DAY, new ShardCommand.Withdraw("w", 1));
  }

  @Test
  void reserve_whenAClockRanAhead_findsTheSaleClosed() {
    runAhead();

    assertThat(execute(shard, OPENS + 1, reserve(2, ANN, 1))).isEqualTo(new Outcome.Closed());
    assertThat(shard.view(OPENS + 1).phase()).isEqualTo(SalePhase.CLOSED);
  }

  @Test
  void unfreeze_whenTheSaleIsClosed_saysSoAndChangesNothing() {
    runAhead();
    long seq = shard.head().seq();

    assertThat(execute(shard, OPENS + 1, UNFREEZE)).isEqualTo(new Outcome.Closed());
    assertThat(shard.head().seq()).isEqualTo(seq);
  }

  @Test
  void reopen_whenAClockRanAhead_setsTheTimeBackAndSells() {
    runAhead();

    assertThat(execute(shard, OPENS + 1, REOPEN)).isInstanceOf(Outcome.Reported.class);

    assertThat(shard.head().at()).isEqualTo(OPENS + 1);
    assertThat(execute(shard, OPENS + 2, reserve(2, ANN, 1))).isInstanceOf(Outcome.Reserved.class);
    assertThat(shard.view(OPENS + 2).phase()).isEqualTo(SalePhase.OPEN);
  }

  @Test
  void reopen_whenASaleWasOpenedTooEarly_waitsForItsTimeAgain() {
    execute(shard, OPENS, reserve(1, ANN, 1));

    execute(shard, OPENS - 100, REOPEN);

    assertThat(execute(shard, OPENS - 50, reserve(2, ANN, 1))).isInstanceOf(Outcome.NotOpen.class);
  }

  @Test
  void reopen_whenAnOperatorClosedTheSale_sells() {
    execute(shard, OPENS, new ShardCommand.Close());

    execute(shard, OPENS + 1, REOPEN);

    assertThat(execute(shard, OPENS + 2, reserve(2, ANN, 1))).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void reopen_whenTheSaleIsReallyOver_isRefused() {
    runAhead();

    assertThat(execute(shard, CLOSES, REOPEN)).isEqualTo(new Outcome.Closed());
  }

  @Test
  void reopen_whenRepeatedAfterAnotherClosing_changesNothing() {
    runAhead();
    execute(shard, OPENS + 1, REOPEN);
    execute(shard, OPENS + 2, new ShardCommand.Close());

    assertThat(execute(shard, OPENS + 3, REOPEN)).isInstanceOf(Outcome.Reported.class);
    assertThat(shard.phase(OPENS + 3)).isEqualTo(SalePhase.CLOSED);
    assertThat(execute(shard, OPENS + 3, new ShardCommand.Restock("ops-1", 1)))
        .isEqualTo(new Outcome.KeyReused());
  }

  @Test
  void reopen_whenNothingIsToBeUndone_changesNothing() {
    execute(shard, OPENS, reserve(1, ANN, 1));

    execute(shard, OPENS + 1, REOPEN);

    assertThat(shard.head().seq()).isEqualTo(1);
  }

  @Test
  void expire_afterReopening_endsOldAndNewHoldsInTimeAndShortensTheRest() {
    StockShard early = ShardFixture.shard(10, Reduction.RESERVE);
    execute(early, OPENS, reserve(1, ANN, 1));
    execute(early, OPENS + 500_000, reserve(2, BOB, 1));
    execute(early, OPENS + 10, REOPEN);
    execute(early, OPENS + 20, reserve(3, BOB, 1));

    assertThat(early.nextDeadline()).as("due at once").isLessThanOrEqualTo(OPENS + 20);
    execute(early, OPENS + 30, new ShardCommand.Expire(9));

    assertThat(heldUntil(early, 2)).isEqualTo(OPENS + 30 + HOLD);
    assertThat(early.nextDeadline()).isEqualTo(OPENS + HOLD);
    assertThat(execute(early, OPENS + HOLD, new ShardCommand.Expire(9)))
        .isEqualTo(new Outcome.Expired(1, false));
    assertThat(early.nextDeadline()).isEqualTo(OPENS + 20 + HOLD);
    assertThat(execute(early, OPENS + HOLD + 30, new ShardCommand.Expire(9)))
        .isEqualTo(new Outcome.Expired(2, false));
    assertThat(early.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  private static long heldUntil(StockShard shard, long number) {
    return Objects.requireNonNull(shard.order(key(number))).heldUntil();
  }

  /** Owners whose clocks run ahead now and then, and operators who set the time back. */
  @Test
  void randomHistories_withClocksThatRunAhead_endEveryHoldInTimeAndReplay() {
    for (long seed = 1; seed <= 1_000; seed++) {
      try {
        new History(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("history of seed " + seed, e);
      }
    }
  }

  private static final class History {

    private final Random random;
    private final StockShard shard = ShardFixture.shard(1_000, Reduction.RESERVE);
    private final List<ShardChange> chain = new ArrayList<>();
    private long now = OPENS;
    private int orders;

    History(long seed) {
      random = new Random(seed);
    }

    void run() {
      for (int i = 0; i < 60; i++) {
        now += random.nextInt(1_500);
        long clock = random.nextInt(12) == 0 ? now + random.nextInt(2_000_000) : now;
        decide(clock, command(i));
      }
      decide(now, new ShardCommand.Reopen("last"));
      assertSame(new StockShard(shard.snapshot()));
      assertAllEndWithinOneHold();
      assertReplays();
    }

    private ShardCommand command(int step) {
      return switch (random.nextInt(8)) {
        case 0 -> new ShardCommand.Reopen("reopen-" + step);
        case 1 -> new ShardCommand.Expire(random.nextInt(1, 4));
        case 2 -> new ShardCommand.Cancel(key(random.nextInt(1 + orders)), ANN);
        case 3 -> random.nextInt(5) == 0 ? new ShardCommand.Close() : new ShardCommand.Expire(5);
        default -> reserve(orders++, orders % 2 == 0 ? ANN : BOB, 1);
      };
    }

    private void decide(long clock, ShardCommand command) {
      Optional<ShardChange> change =
          shard.decide(List.of(command), clock, ShardFixture.BOUNDS).change();
      change.ifPresent(made -> {
        assertThat(shard.apply(made)).isTrue();
        chain.add(made);
      });
    }

    /** The owner asks as long as something is due, as its rounds do. */
    private void assertAllEndWithinOneHold() {
      assertThat(shard.head().at()).as("set back").isLessThanOrEqualTo(now);
      for (long seq = -1; seq != shard.head().seq(); ) {
        seq = shard.head().seq();
        if (shard.nextDeadline() <= now) {
          decide(now, new ShardCommand.Expire(3));
        }
      }
      assertThat(shard.snapshot().orders())
          .filteredOn(order -> order.state().hasDeadline())
          .extracting(Order::heldUntil)
          .allMatch(until -> until > now && until <= now + HOLD);
      decide(now + HOLD, new ShardCommand.Expire(100));
      assertThat(shard.head().counts().held()).isZero();
    }

    private void assertReplays() {
      StockShard replica = ShardFixture.shard(1_000, Reduction.RESERVE);
      LedgerReplay ledger = new LedgerReplay(shard.key(), 1_000, Optional.empty());
      for (ShardChange change : chain) {
        ShardChange read = ChangeCodec.decode(change.base(), change.chain(), change.body());
        assertThat(replica.apply(read)).isTrue();
        ShardChange.Header it = read.header();
        assertThat(
                ledger.next(
                    new LedgerEntry(it.seq(), it.epoch(), it.at(), read.chain(), read.body())))
            .isEmpty();
      }
      assertSame(replica);
    }

    private void assertSame(StockShard other) {
      assertThat(other.head()).isEqualTo(shard.head());
      assertThat(other.nextDeadline()).isEqualTo(shard.nextDeadline());
      assertThat(other.snapshot().orders())
          .containsExactlyInAnyOrderElementsOf(shard.snapshot().orders());
    }
  }
}
