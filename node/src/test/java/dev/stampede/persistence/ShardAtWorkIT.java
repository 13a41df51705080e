package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.persistence.StoreResult.Fork;
import dev.stampede.persistence.StoreResult.Stored;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.StockKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which loading of a shard is at work, and what the database takes from those before it. */
final class ShardAtWorkIT {

  private final ShardTable table = new ShardTable(TestTables.shared());
  private final TestShard node = TestShard.publish(Reduction.RESERVE, 100);

  @Test
  void store_afterASuccessorWasPutToWork_isAForkThoughNothingOfItIsStored() {
    putToWork(node);
    List<ShardChange> changes = node.orders(1, 2);
    table.store(node.key, node.epochs(), changes.subList(0, 1));
    TestShard successor = node.loadedElsewhere();
    putToWork(successor);
    node.shard().adoptEpoch(table.load(node.key).orElseThrow().head().epoch());

    StoredPicture before = StoredPicture.of(node.key);
    assertThat(table.store(node.key, node.epochs(), changes.subList(1, 2)))
        .isInstanceOfSatisfying(
            Fork.class,
            fork -> assertThat(fork.detail()).hasLineCount(1).contains(node.key.toString()));
    assertThat(StoredPicture.of(node.key)).isEqualTo(before);

    successor.shard().adoptEpoch(node.epochs().newest());
    assertThat(table.store(successor.key, successor.epochs(), successor.orders(3, 3)))
        .isEqualTo(new Stored(2));
  }

  @Test
  void putToWork_afterALaterLoading_notesNothing() {
    int earlier = node.epochs().newest();
    table.load(node.key);

    assertThat(table.putToWork(node.key, earlier)).isFalse();
    assertThat(table.putToWork(node.key, earlier + 1)).isTrue();
    assertThat(table.putToWork(node.key, earlier + 1)).as("repeated").isTrue();
    assertThat(table.putToWork(new StockKey(node.sale.id(), 1), 1)).as("no such shard").isFalse();
  }

  private void putToWork(TestShard loaded) {
    int loading = loaded.epochs().newest();
    assertThat(table.putToWork(loaded.key, loading)).isTrue();
    loaded.shard().prove(loading);
  }
}
