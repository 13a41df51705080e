package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.persistence.StoreResult.Outdated;
import dev.stampede.persistence.StoreResult.Stored;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.Epochs;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a shard whose owner stores any part of its changes, repeats itself, and now
 * and then dies with the rest. After each store the database has exactly a state that the shard
 * really had.
 */
final class ShardHistoryIT {

  private static final int STEPS = 60;

  static Stream<Arguments> seeds() {
    return Stream.of(Reduction.values())
        .flatMap(each -> Stream.of(1, 2, 3, 4, 5).map(seed -> Arguments.of(each, seed)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void database_afterEachStore_hasAStateThatTheShardHad(Reduction reduction, int seed) {
    new Run(reduction, seed).play();
  }

  private static final class Run {
    private final ShardTable table = new ShardTable(TestTables.shared());
    private final Random random;
    private final RandomHistory history;
    private final TestShard owner;

    /** What the database should have: gets each change when that is stored. */
    private StockShard mirror;

    /** Since the owner last loaded the shard. */
    private final List<ShardChange> changes = new ArrayList<>();

    Run(Reduction reduction, int seed) {
      random = new Random(seed);
      history = new RandomHistory(random);
      owner = TestShard.publish(reduction, 25);
      mirror = new StockShard(owner.shard().snapshot());
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(10)) {
          case 0 -> die();
          case 1, 2, 3 -> store();
          default -> sell();
        }
      }
      store();
      replayLedger();
    }

    private void sell() {
      owner
          .shard()
          .decide(history.nextBatch(), history.nextTime(), ShardFixture.BOUNDS)
          .change()
          .ifPresent(change -> {
            owner.shard().apply(change);
            changes.add(change);
          });
    }

    /** Any part that begins with a stored change, or right after. */
    private void store() {
      int known = (int) changes.stream().filter(c -> c.seq() <= mirror.head().seq()).count();
      if (changes.isEmpty()) {
        return;
      }
      int from = Math.min(random.nextInt(known + 1), changes.size() - 1);
      int to = random.nextInt(from + 1, changes.size() + 1);
      List<ShardChange> part = List.copyOf(changes.subList(from, to));

      assertThat(table.store(owner.key, owner.epochs(), part))
          .isEqualTo(new Stored(part.getLast().seq()));

      part.forEach(mirror::apply); // refuses those that it has
      StoredPicture.of(owner.key).assertIs(mirror.snapshot());
      assertAuditBalances();
    }

    /** The owner dies; its successor loads the shard, and the dead one's changes come too late. */
    private void die() {
      List<ShardChange> late =
          changes.stream().filter(change -> change.seq() > mirror.head().seq()).toList();
      Epochs epochs = owner.epochs();
      owner.loadAgain();
      changes.clear();
      ShardSnapshot loaded = owner.shard().snapshot();
      StoredPicture.of(owner.key).assertIs(loaded);
      assertThat(loaded.chain()).isEqualTo(mirror.chain());
      if (!late.isEmpty()) {
        assertThat(table.store(owner.key, epochs, late)).isInstanceOf(Outdated.class);
      }
      mirror = new StockShard(loaded);
    }

    private void assertAuditBalances() {
      var audited =
          new AuditTable(TestTables.shared()).shards(List.of(owner.key.sale())).stream().findAny();
      assertThat(audited)
          .hasValueSatisfying(shard -> {
            assertThat(shard.seq()).isEqualTo(mirror.head().seq());
            assertThat(shard.chain()).isEqualTo(mirror.chain());
            assertThat(shard.counts().balanced()).isTrue();
            assertThat(shard.heldByOrders()).isEqualTo(shard.counts().held());
            assertThat(shard.soldByOrders()).isEqualTo(shard.counts().sold());
            assertThat(shard.buyersOverLimit()).isZero();
          });
    }

    /** From the sale's first unit on, the ledger leads to the state that is stored. */
    private void replayLedger() {
      StockShard replayed = TestShard.neverLoaded(owner.sale);
      StoredPicture stored = StoredPicture.of(owner.key);
      assertThat(stored.ledger()).allMatch(replayed::apply);
      stored.assertIs(replayed.snapshot());
    }
  }
}
