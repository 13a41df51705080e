package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.sale.Reduction;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Entry processors on an entry, without a grid. */
class ShardProcessorsTest {

  private final StockShard owner = ShardFixture.shard(10, Reduction.RESERVE);
  private final StockShard backup = ShardFixture.shard(10, Reduction.RESERVE);

  @Test
  void executeCommands_onAShardOfAnOlderLoading_asksForTheNewOne() {
    owner.outdatedBy(2);
    ExecuteCommands view = new ExecuteCommands(List.of(new ShardCommand.View()), 0, 0, false);

    assertThat(view.process(entry(owner)).isLoaded()).isFalse();
    owner.adoptEpoch(2);
    assertThat(view.process(entry(owner)).isLoaded()).isTrue();
  }

  @Test
  void applyChanges_thatTheBackupHas_passesThemOver() {
    List<ShardChange> changes = changes(owner, 2);
    apply(changes);
    apply(changes);

    assertThat(backup.chain()).isEqualTo(owner.chain());
  }

  @Test
  void applyChanges_ofANumberThatTheBackupHasFromAnotherOwner_isRefused() {
    StockShard dead = ShardFixture.shard(10, Reduction.RESERVE);
    apply(changes(dead, 3));

    assertThatThrownBy(() -> apply(changes(owner, 2))).isInstanceOf(IllegalStateException.class);
  }

  private void apply(List<ShardChange> changes) {
    new ApplyChanges(changes, 0).process(entry(backup));
  }

  /** As many changes, different for each number. */
  private static List<ShardChange> changes(StockShard shard, int count) {
    for (int number = 0; number < count; number++) {
      ShardFixture.execute(
          shard,
          ShardFixture.OPENS,
          ShardFixture.reserve(10 * count + number, ShardFixture.ANN, 1));
      shard.unstored().confirm(shard.head().seq());
    }
    return shard.unstored().confirmed(count);
  }

  private static Map.Entry<StockKey, StockShard> entry(StockShard shard) {
    return new SimpleEntry<>(shard.key(), shard);
  }
}
