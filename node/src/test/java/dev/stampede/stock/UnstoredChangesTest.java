package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.BOB;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Reduction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnstoredChangesTest {

  private StockShard shard;
  private UnstoredChanges unstored;

  @BeforeEach
  void threeChanges() {
    shard = ShardFixture.shard(10, Reduction.RESERVE);
    unstored = shard.unstored();
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS, reserve(2, BOB, 1));
    execute(shard, OPENS, reserve(3, BOB, 1));
  }

  @Test
  void confirmed_leavesOutWhatBackupsMayLack() {
    unstored.confirm(2);

    assertThat(unstored.confirmed(100)).extracting(ShardChange::seq).containsExactly(1L, 2L);
    assertThat(unstored.unconfirmed()).extracting(ShardChange::seq).containsExactly(3L);
  }

  @Test
  void confirmed_stopsAtTheBoundButGivesAtLeastOne() {
    unstored.confirm(3);

    assertThat(unstored.confirmed(2)).hasSize(2);
    assertThat(unstored.confirmed(0)).hasSize(1);
  }

  @Test
  void agreesOn_aChangeOfTheSameNumberButAnotherHistory_isFalse() {
    StockShard other = ShardFixture.shard(10, Reduction.RESERVE);
    execute(other, OPENS, reserve(4, ANN, 1));

    assertThat(unstored.agreesOn(unstored.all().getFirst())).isTrue();
    assertThat(unstored.agreesOn(other.unstored().all().getFirst())).isFalse();
  }

  @Test
  void confirm_ofAnOlderChange_takesNothingBack() {
    unstored.confirm(3);
    unstored.confirm(1);

    assertThat(unstored.confirmedSeq()).isEqualTo(3);
  }

  @Test
  void stored_dropsAndCountsDown() {
    unstored.stored(2);

    assertThat(unstored.orders()).isEqualTo(1);
    assertThat(unstored.storedSeq()).isEqualTo(2);
    assertThat(unstored.all()).extracting(ShardChange::seq).containsExactly(3L);
  }

  @Test
  void found_isDurableOnceStored() {
    assertThat(isDurable(1)).isFalse();

    unstored.stored(1);

    assertThat(isDurable(1)).isTrue();
    assertThat(isDurable(2)).isFalse();
  }

  private boolean isDurable(long number) {
    return ((Outcome.Found) execute(shard, OPENS, new ShardCommand.Find(ShardFixture.key(number))))
        .durable();
  }
}
