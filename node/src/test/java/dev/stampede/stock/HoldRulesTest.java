package dev.stampede.stock;

import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.HOLD;
import static dev.stampede.stock.ShardFixture.OPENS;
import static dev.stampede.stock.ShardFixture.execute;
import static dev.stampede.stock.ShardFixture.key;
import static dev.stampede.stock.ShardFixture.reserve;
import static dev.stampede.stock.ShardFixture.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.OrderState;
import dev.stampede.sale.Reduction;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A deadline stands once and for all: nothing that a buyer or an operator does renews it. */
class HoldRulesTest {

  @ParameterizedTest
  @EnumSource(names = "AT_ORDER", mode = Mode.EXCLUDE)
  void hold_whateverIsAskedMeanwhile_endsAtItsFirstDeadline(Reduction reduction) {
    StockShard shard = shard(10, reduction);
    execute(shard, OPENS, reserve(1, ANN, 1));
    List<ShardCommand> meanwhile =
        List.of(
            reserve(1, ANN, 1),
            reserve(1, ANN, 2),
            reserve(2, ANN, 1),
            new ShardCommand.Find(key(1)),
            new ShardCommand.Freeze(true),
            new ShardCommand.Freeze(false),
            new ShardCommand.Restock("r", 1));
    meanwhile.forEach(command -> execute(shard, OPENS + HOLD - 1, command));

    assertThat(shard.nextDeadline()).isEqualTo(OPENS + HOLD);
    assertThat(execute(shard, OPENS + HOLD, new ShardCommand.Expire(9)))
        .isEqualTo(new Outcome.Expired(1, false));
  }

  @ParameterizedTest
  @EnumSource(names = "AT_ORDER", mode = Mode.EXCLUDE)
  void hold_whenReservedAgainAfterItsEnd_staysEnded(Reduction reduction) {
    StockShard shard = shard(10, reduction);
    execute(shard, OPENS, reserve(1, ANN, 1));
    execute(shard, OPENS + HOLD, new ShardCommand.Expire(9));

    Outcome.Reserved again = (Outcome.Reserved) execute(shard, OPENS + HOLD, reserve(1, ANN, 1));

    assertThat(again.order().state()).isEqualTo(OrderState.EXPIRED);
    assertThat(shard.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(shard.head().counts()).isEqualTo(ShardCounts.issued(10));
  }
}
