package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.config.LaneSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is served first in a lane. */
class LaneQueueTest {

  private static final StockKey KEY = new StockKey(new SaleId("sale"), 0);

  private final TestOwner owner = new TestOwner();

  @Test
  void submit_byAnOperatorWhenFull_isDoneBeforeThoseWhoWait() {
    ShardLane lane = lane(2, Duration.ofSeconds(5));
    CompletableFuture<Outcome> inFlight = lane.submit(reserve(1));
    CompletableFuture<Outcome> waiting = lane.submit(reserve(2));
    lane.submit(reserve(3));

    CompletableFuture<Outcome> frozen = lane.submit(new ShardCommand.Freeze(true));
    owner.answer();
    owner.answer();

    assertThat(inFlight.join()).isInstanceOf(Outcome.Reserved.class);
    assertThat(frozen.join()).isInstanceOf(Outcome.Reported.class);
    assertThat(waiting.join()).isInstanceOf(Outcome.Frozen.class);
  }

  /** By then the others have replaced a node that hangs. */
  @Test
  void submit_byAnOperator_outlivesTheDeadlineOfOthers() {
    ShardLane lane = lane(100, Duration.ZERO);
    lane.submit(reserve(1));
    CompletableFuture<Outcome> frozen = lane.submit(new ShardCommand.Freeze(true));
    CompletableFuture<Outcome> waiting = lane.submit(reserve(2));

    lane.giveUpOverdue();
    assertThat(waiting.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
    assertThat(frozen).isNotDone();
    owner.answer();
    owner.answer();

    assertThat(frozen.join()).isInstanceOf(Outcome.Reported.class);
    assertThat(lane.isIdle()).isTrue();
  }

  private ShardLane lane(int capacity, Duration deadline) {
    return new ShardLane(
        KEY, new LaneSettings(capacity, capacity, 1_000, 4, deadline), owner, new LaneCounters());
  }

  private static ShardCommand reserve(long number) {
    return new ShardCommand.Reserve(
        new OrderKey(number, number), new BuyerId("buyer-" + number), 1);
  }
}
