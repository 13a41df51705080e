package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.pay;
import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.persistence.StoreResult.Fork;
import dev.stampede.persistence.StoreResult.Outdated;
import dev.stampede.persistence.StoreResult.Stored;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShardTableIT {

  private final ShardTable table = new ShardTable(TestTables.shared());
  private TestShard node;

  @BeforeEach
  void publish() {
    node = TestShard.publish(Reduction.RESERVE, 100);
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void load_afterStore_givesTheSameShard(Reduction reduction) {
    node = TestShard.publish(reduction, 100);
    List<ShardChange> changes =
        List.of(
            node.run(reserve(1), reserve(2), reserve(3)),
            node.run(pay(1), new ShardCommand.Cancel(TestShard.key(2), TestShard.buyer(2))),
            node.run(
                TestShard.NOON + TestShard.HOLD.toMillis(),
                List.of(new ShardCommand.Expire(9), reserve(4))),
            node.run(new ShardCommand.Pay(TestShard.key(1), pay(9).payment())),
            node.run(new ShardCommand.Restock("r", 5), new ShardCommand.Withdraw("w", 7)),
            node.run(new ShardCommand.Freeze(true), new ShardCommand.Close()));

    assertThat(table.store(node.key, node.epochs(), changes)).isEqualTo(new Stored(6));

    ShardSnapshot before = node.shard().snapshot();
    StoredPicture.of(node.key).assertIs(before);
    ShardSnapshot after = table.load(node.key).orElseThrow();
    assertThat(after.orders()).containsExactlyInAnyOrderElementsOf(before.orders());
    assertThat(after.refunds()).containsExactlyInAnyOrderElementsOf(before.refunds());
    assertThat(after.adjustments()).containsExactlyInAnyOrderElementsOf(before.adjustments());
    assertThat(after.terms()).isEqualTo(before.terms());
    assertThat(after.chain()).isEqualTo(before.chain());
    assertThat(after.storedSeq()).isEqualTo(6);
    assertThat(after.unstored()).isEmpty();
  }

  @Test
  void load_always_raisesTheEpochByOne() {
    int first = table.load(node.key).orElseThrow().head().epoch();
    int second = table.load(node.key).orElseThrow().head().epoch();

    assertThat(second).isEqualTo(first + 1);
  }

  @Test
  void load_whereNoSuchShard_isEmpty() {
    assertThat(table.load(new StockKey(node.sale.id(), 1))).isEmpty();
    assertThat(table.load(new StockKey(new SaleId("nobody-knows"), 0))).isEmpty();
  }

  @Test
  void store_twice_doesNothingTheSecondTime() {
    List<ShardChange> changes = node.orders(1, 5);
    table.store(node.key, node.epochs(), changes);
    StoredPicture once = StoredPicture.of(node.key);

    assertThat(table.store(node.key, node.epochs(), changes)).isEqualTo(new Stored(5));
    assertThat(StoredPicture.of(node.key)).isEqualTo(once);
  }

  @Test
  void store_whenAPrefixIsThere_writesTheRest() {
    List<ShardChange> changes = node.orders(1, 6);
    table.store(node.key, node.epochs(), changes.subList(0, 4));

    assertThat(table.store(node.key, node.epochs(), changes.subList(2, 6)))
        .isEqualTo(new Stored(6));
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  @Test
  void store_whenTheDatabaseIsAhead_knowsItsOwnHistory() {
    List<ShardChange> changes = node.orders(1, 6);
    table.store(node.key, node.epochs(), changes);

    assertThat(table.store(node.key, node.epochs(), changes.subList(1, 3)))
        .isEqualTo(new Stored(3));
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  @Test
  void store_whenAnOrderChangesOften_keepsItsNewestState() {
    List<ShardChange> changes =
        List.of(
            node.run(reserve(1)),
            node.run(new ShardCommand.Cancel(TestShard.key(1), TestShard.buyer(1))),
            node.run(reserve(2)),
            node.run(pay(2)));
    table.store(node.key, node.epochs(), changes.subList(0, 1));
    table.store(node.key, node.epochs(), changes);

    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  @Test
  void store_ofManyOrdersInOneChange_fillsSeveralStatements() {
    node = TestShard.publish(Reduction.RESERVE, 5_000);
    List<ShardCommand> commands =
        IntStream.range(0, 1_234).<ShardCommand>mapToObj(TestShard::reserve).toList();
    ShardChange change = node.run(TestShard.NOON, commands);

    table.store(node.key, node.epochs(), List.of(change));

    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  // ---- forks

  @Test
  void store_whereTheDatabaseHasAnotherChangeOfThatNumber_isAFork() {
    TestShard other = node.twin();
    table.store(node.key, node.epochs(), node.orders(1, 3));

    assertForkAndNothingWritten(other.orders(11, 13)); // ends where the database stands
    assertForkAndNothingWritten(other.orders(14, 15)); // follows its own #3, not the database's
  }

  @Test
  void store_whereTheDatabaseIsInTheMiddleOfAnotherHistory_isAFork() {
    TestShard other = node.twin();
    table.store(node.key, node.epochs(), node.orders(1, 3));

    assertForkAndNothingWritten(other.orders(11, 15));
  }

  @Test
  void store_whereTheDatabaseIsAheadWithAnotherHistory_isAFork() {
    TestShard other = node.twin();
    table.store(node.key, node.epochs(), node.orders(1, 3));

    assertForkAndNothingWritten(other.orders(11, 12));
  }

  @Test
  void store_whereChangesAreMissingInBetween_isAFork() {
    List<ShardChange> changes = node.orders(1, 5);
    table.store(node.key, node.epochs(), changes.subList(0, 2));

    assertForkAndNothingWritten(changes.subList(3, 5));
  }

  @Test
  void store_afterTheShardWasLoadedAgain_writesNothingForTheOlderLoading() {
    table.store(node.key, node.epochs(), node.orders(1, 2));
    table.load(node.key);
    List<ShardChange> changes = node.orders(3, 4);
    StoredPicture before = StoredPicture.of(node.key);

    assertThat(table.store(node.key, node.epochs(), changes)).isInstanceOf(Outdated.class);

    assertThat(StoredPicture.of(node.key)).isEqualTo(before);
  }

  @Test
  void store_byAShardThatTookTheLaterLoadingOver_writesWhatItDecidedBefore() {
    List<ShardChange> changes = node.orders(1, 2);
    int epoch = table.load(node.key).orElseThrow().head().epoch();
    node.shard().adoptEpoch(epoch);

    assertThat(table.store(node.key, node.epochs(), changes)).isEqualTo(new Stored(2));
    assertThat(table.load(node.key).orElseThrow().head().epoch())
        .as("storing older changes does not lower the epoch")
        .isEqualTo(epoch + 1);
  }

  @Test
  void store_afterTheShardWasLoadedAgain_stillKnowsWhatIsStored() {
    List<ShardChange> changes = node.orders(1, 2);
    table.store(node.key, node.epochs(), changes);
    table.load(node.key);

    assertThat(table.store(node.key, node.epochs(), changes)).isEqualTo(new Stored(2));
  }

  @Test
  void store_ofAShardThatTheDatabaseLacks_isAFork() throws Exception {
    List<ShardChange> changes = node.orders(1, 1);
    try (var connection = TestTables.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM shards WHERE sale = '" + node.sale.id() + "'");
    }

    assertThat(table.store(node.key, node.epochs(), changes)).isInstanceOf(Fork.class);
  }

  @Test
  void store_bySeveralSidesAtOnce_takesOneHistory() throws Exception {
    List<Callable<StoreResult>> sides = new ArrayList<>();
    for (int number = 1; number <= 8; number++) {
      List<ShardChange> changes = node.twin().orders(number, number);
      sides.add(() -> table.store(node.key, node.epochs(), changes));
    }

    assertThat(atOnce(sides)).filteredOn(Stored.class::isInstance).hasSize(1);
    assertThat(StoredPicture.of(node.key).orders()).hasSize(1);
  }

  @Test
  void store_ofTheSameBySeveralSidesAtOnce_isDoneOnce() throws Exception {
    List<ShardChange> changes = node.orders(1, 3);

    assertThat(atOnce(Collections.nCopies(8, () -> table.store(node.key, node.epochs(), changes))))
        .containsOnly(new Stored(3));
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
  }

  private static List<StoreResult> atOnce(List<Callable<StoreResult>> sides) throws Exception {
    List<StoreResult> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(sides.size())) {
      for (Future<StoreResult> result : threads.invokeAll(sides)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private void assertForkAndNothingWritten(List<ShardChange> changes) {
    StoredPicture before = StoredPicture.of(node.key);

    StoreResult result = table.store(node.key, node.epochs(), changes);

    assertThat(result).isInstanceOf(Fork.class);
    assertThat(((Fork) result).detail()).hasLineCount(1).contains(node.key.toString());
    assertThat(StoredPicture.of(node.key)).isEqualTo(before);
  }

  @Test
  void store_ofWhatIsNotOneHistory_isRefused() {
    List<ShardChange> changes = node.orders(1, 3);
    StockKey elsewhere = new StockKey(node.sale.id(), 1);

    assertThatThrownBy(() -> table.store(node.key, node.epochs(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table.store(elsewhere, node.epochs(), changes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> table.store(node.key, node.epochs(), List.of(changes.get(0), changes.get(2))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
