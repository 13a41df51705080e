package dev.stampede.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import dev.stampede.sale.Reduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of one shard: batches of random commands, many of them repeats, on a clock that
 * jumps. After each batch the invariants must hold. A failure names its seed, which replays
 * exactly.
 */
class ShardHistoryPropertyTest {

  private static final int HISTORIES = 2_000;
  private static final int BATCHES = 25;
  private static final long UNITS = 12;

  @ParameterizedTest
  @EnumSource(Reduction.class)
  @DisplayName(
      "units are conserved, limits and caps hold, repeats change nothing, the chain replays")
  void randomHistories(Reduction reduction) {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      try {
        new History(seed, reduction).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("history of seed " + seed + ", " + reduction, e);
      }
    }
  }

  private static final class History {

    private final RandomCommands random;
    private final Reduction reduction;
    private final StockShard shard;
    private final ShardBounds bounds;
    private final List<ShardChange> chain = new ArrayList<>();

    /** How many orders each buyer was given. */
    private final Map<String, Integer> taken = new HashMap<>();

    History(long seed, Reduction reduction) {
      this.random = new RandomCommands(seed);
      this.reduction = reduction;
      this.shard = ShardFixture.shard(UNITS, reduction);
      this.bounds =
          new ShardBounds(
              Integer.MAX_VALUE,
              seed % 2 == 0 ? 1 : ShardFixture.LIMIT,
              seed % 3 == 0 ? ShardFixture.LIMIT + 1 : ShardBounds.BY_LIMIT);
    }

    void run() {
      for (int i = 0; i < BATCHES; i++) {
        step();
      }
      assertReplays();
      assertSnapshotIsWhole();
    }

    private void step() {
      List<ShardCommand> batch = random.batch();
      long now = random.now();
      ShardSnapshot before = shard.snapshot();
      Decision decision = shard.decide(batch, now, bounds);
      assertThat(shard.snapshot()).as("decide touches nothing").isEqualTo(before);
      assertThat(decision.outcomes()).hasSameSizeAs(batch);
      decision.outcomes().forEach(this::count);
      Optional<ShardChange> change = decision.change();
      change.ifPresent(this::apply);
      assertInvariants();
      assertRepeatsTellTheSame(batch, decision, now);
    }

    private void count(Outcome outcome) {
      if (outcome instanceof Outcome.Reserved told && !told.replayed()) {
        int orders = taken.merge(told.order().buyer().value(), 1, Integer::sum);
        assertThat(orders).isLessThanOrEqualTo(bounds.ordersPerBuyer(shard.terms()));
      }
    }

    private void apply(ShardChange change) {
      assertThat(change.isGenuine()).isTrue();
      assertThat(shard.apply(change)).isTrue();
      chain.add(change);
    }

    private void assertInvariants() {
      ShardSnapshot now = shard.snapshot();
      ShardCounts counts = now.head().counts();
      assertThat(counts.balanced()).as("%s", counts).isTrue();
      ShardCounts byOrders =
          now.orders().stream().reduce(ShardCounts.NONE, ShardCounts::with, ShardCounts::plus);
      assertThat(counts.held()).isEqualTo(byOrders.held());
      assertThat(counts.sold()).isEqualTo(byOrders.sold());
      assertThat(shard.report(now.head(), shard.phase(0)).buyersOverLimit()).isZero();
      for (String buyer : RandomCommands.BUYERS) {
        int units =
            now.orders().stream()
                .filter(order -> order.buyer().value().equals(buyer) && order.state().isLive())
                .mapToInt(order -> order.quantity())
                .sum();
        assertThat(units).as(buyer).isLessThanOrEqualTo(ShardFixture.LIMIT);
        long open =
            now.orders().stream()
                .filter(order -> order.buyer().value().equals(buyer) && order.state().hasDeadline())
                .count();
        assertThat(open).as(buyer).isLessThanOrEqualTo(bounds.openOrdersPerBuyer());
        assertThat(shard.total(new BuyerId(buyer)))
            .isEqualTo(new BuyerTotal(units, Math.toIntExact(open), orders(now, buyer)));
      }
    }

    private static int orders(ShardSnapshot now, String buyer) {
      return Math.toIntExact(
          now.orders().stream().filter(order -> order.buyer().value().equals(buyer)).count());
    }

    /** What was told as done stays true, and asking again does nothing a second time. */
    private void assertRepeatsTellTheSame(List<ShardCommand> batch, Decision first, long now) {
      for (int i = 0; i < batch.size(); i++) {
        if (first.outcomes().get(i) instanceof Outcome.Reserved told) {
          Decision again = shard.decide(List.of(batch.get(i)), now, bounds);
          assertThat(again.change()).isEmpty();
          assertThat(((Outcome.Reserved) again.outcomes().getFirst()).order().key())
              .isEqualTo(told.order().key());
        }
      }
    }

    private void assertReplays() {
      StockShard replica = ShardFixture.shard(UNITS, reduction);
      for (ShardChange change : chain) {
        ShardChange read = ChangeCodec.decode(change.base(), change.chain(), change.body());
        assertThat(read.isGenuine()).isTrue();
        assertThat(replica.apply(read)).isTrue();
      }
      assertSame(replica);
    }

    private void assertSnapshotIsWhole() {
      assertSame(new StockShard(shard.snapshot()));
    }

    private void assertSame(StockShard other) {
      ShardSnapshot mine = shard.snapshot();
      ShardSnapshot its = other.snapshot();
      assertThat(its.head()).isEqualTo(mine.head());
      assertThat(its.chain()).isEqualTo(mine.chain());
      assertThat(its.orders()).containsExactlyInAnyOrderElementsOf(mine.orders());
      assertThat(its.refunds()).containsExactlyInAnyOrderElementsOf(mine.refunds());
      assertThat(its.adjustments()).containsExactlyInAnyOrderElementsOf(mine.adjustments());
      assertThat(other.nextDeadline()).isEqualTo(shard.nextDeadline());
    }
  }
}
