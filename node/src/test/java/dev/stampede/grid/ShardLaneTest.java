package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.stampede.config.LaneSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.Decision;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A lane against an owner that answers when, and as, the test says. */
class ShardLaneTest {

  private static final StockKey KEY = new StockKey(new SaleId("sale"), 0);

  private final Owner owner = new Owner();

  @Test
  void submit_whileACallIsInFlight_waitsForTheNextOne() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    lane.submit(reserve(1));
    lane.submit(reserve(2));
    lane.submit(reserve(3));
    assertThat(owner.sizes()).containsExactly(1);

    owner.answer();

    assertThat(owner.sizes()).containsExactly(1, 2);
  }

  @Test
  void submit_moreThanABatch_sendsTheRestLater() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(lane.submit(reserve(i)));
    }
    while (owner.isCalled()) {
      owner.answer();
    }

    assertThat(owner.sizes()).containsExactly(1, 4, 4, 1);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isNotNull());
    assertThat(lane.isIdle()).isTrue();
  }

  @Test
  void submit_whenFull_isRefusedAtOnce() {
    ShardLane lane = lane(2, Duration.ofSeconds(5));
    lane.submit(reserve(1));
    lane.submit(reserve(2));
    lane.submit(reserve(3));

    assertThat(lane.submit(reserve(4)).join())
        .isEqualTo(new Outcome.Unanswered(Outcome.Why.LANE_FULL));
    owner.answer();
    assertThat(lane.submit(reserve(5))).isNotDone();
  }

  @Test
  void call_withUnknownOutcome_isRepeatedWholeAndSellsOnce() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));

    owner.carryOutAndLoseTheAnswer();
    assertThat(answer).isNotDone();
    owner.runLater();
    owner.answer();

    assertThat(((Outcome.Reserved) answer.join()).replayed()).isTrue();
    assertThat(owner.shard.head().counts().held()).isEqualTo(1);
    assertThat(owner.sizes()).containsExactly(1, 1);
  }

  @Test
  void call_stillUnknownAtTheDeadline_isReportedAsUnknown() {
    ShardLane lane = lane(100, Duration.ZERO);
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));
    owner.carryOutAndLoseTheAnswer();

    owner.runLater();

    assertThat(answer.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.UNKNOWN));
    assertThat(lane.isIdle()).isTrue();
  }

  @Test
  void giveUpOverdue_whileACallHangs_answersUnknownToThoseInItAndUnavailableToThoseBehind() {
    ShardLane lane = lane(100, Duration.ZERO);
    CompletableFuture<Outcome> inFlight = lane.submit(reserve(1));
    CompletableFuture<Outcome> behind = lane.submit(reserve(2));

    lane.giveUpOverdue();

    assertThat(inFlight.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.UNKNOWN));
    assertThat(behind.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
    assertThat(lane.length()).isZero();
  }

  @Test
  void call_refusedByAMinority_isReportedAsNotDone() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));

    owner.fail(new SplitBrainProtectionException("too few"));

    assertThat(answer.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
  }

  @Test
  void call_refusedAfterAnUnknownOne_isNotReportedAsNotDone() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));
    owner.carryOutAndLoseTheAnswer();
    owner.runLater();

    owner.fail(new SplitBrainProtectionException("too few"));

    assertThat(answer).isNotDone();
    owner.runLater();
    owner.answer();
    assertThat(answer.join()).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void call_toAShardThatIsNotLoaded_loadsItAndRepeats() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));

    owner.answerNotLoaded();
    owner.runLater();
    owner.answer();

    assertThat(owner.installs).isEqualTo(1);
    assertThat(answer.join()).isInstanceOf(Outcome.Reserved.class);
  }

  @Test
  void call_toAShardThatDoesNotExist_saysSo() {
    owner.exists = false;
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));

    owner.answerNotLoaded();

    assertThat(answer.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.NO_SUCH_SHARD));
  }

  @Test
  void payment_isToldOnceItIsStored() {
    CompletableFuture<Outcome> answer = paid(lane(100, Duration.ofSeconds(5)));
    assertThat(owner.waitedFor).isEqualTo(2);
    assertThat(answer).isNotDone();

    owner.stored.complete(true);

    assertThat(((Outcome.Paid) answer.join()).durable()).isTrue();
  }

  @Test
  void payment_whoseStoringIsNotHeardOf_isToldAsNotDurable() {
    CompletableFuture<Outcome> answer = paid(lane(100, Duration.ofSeconds(5)));

    owner.stored.complete(false);

    assertThat(((Outcome.Paid) answer.join()).durable()).isFalse();
  }

  private CompletableFuture<Outcome> paid(ShardLane lane) {
    lane.submit(reserve(1));
    owner.answer();
    CompletableFuture<Outcome> answer =
        lane.submit(new ShardCommand.Pay(new OrderKey(1, 1), ShardFixture.PAYMENT));
    owner.answer();
    return answer;
  }

  @Test
  void viewNotOlderThan_knowsWhatTheLastAnswerSaid() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    assertThat(lane.viewNotOlderThan(Long.MAX_VALUE)).isEmpty();
    lane.submit(reserve(1));
    owner.answer();

    assertThat(lane.viewNotOlderThan(Duration.ofMinutes(1).toNanos()).orElseThrow().available())
        .isEqualTo(99);
  }

  private ShardLane lane(int capacity, Duration deadline) {
    return new ShardLane(KEY, new LaneSettings(capacity, 4, deadline), owner, new LaneCounters());
  }

  private static ShardCommand reserve(long number) {
    return new ShardCommand.Reserve(
        new OrderKey(number, number), new BuyerId("buyer-" + number), 1);
  }

  /** Keeps calls until the test lets them end. */
  private static final class Owner implements ShardLane.LaneCalls {

    /** Pauses between calls are shorter, pauses before repeats are not. */
    private static final Duration SHORT = Duration.ofMillis(1);

    private final StockShard shard = ShardFixture.shard(100, Reduction.RESERVE);
    private final Deque<Call> calls = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Integer> sizes = new ArrayList<>();
    private boolean exists = true;
    private int installs;
    private final CompletableFuture<Boolean> stored = new CompletableFuture<>();
    private long waitedFor;

    private record Call(List<ShardCommand> commands, CompletableFuture<BatchResult> answer) {}

    @Override
    public CompletionStage<BatchResult> execute(StockKey key, ExecuteCommands batch) {
      Call call = new Call(batch.commands(), new CompletableFuture<>());
      calls.add(call);
      sizes.add(call.commands().size());
      return call.answer();
    }

    @Override
    public CompletionStage<Boolean> install(StockKey key) {
      installs++;
      return CompletableFuture.completedStage(exists);
    }

    @Override
    public CompletionStage<Boolean> stored(StockKey key, int epoch, long seq) {
      waitedFor = seq;
      return stored;
    }

    @Override
    public void after(Duration time, Runnable action) {
      if (time.compareTo(SHORT) < 0) {
        action.run();
      } else {
        later.add(action);
      }
    }

    List<Integer> sizes() {
      return sizes;
    }

    boolean isCalled() {
      return !calls.isEmpty();
    }

    void answer() {
      Call call = calls.remove();
      call.answer().complete(carryOut(call));
    }

    void answerNotLoaded() {
      calls.remove().answer().complete(new BatchResult());
    }

    void carryOutAndLoseTheAnswer() {
      Call call = calls.remove();
      carryOut(call);
      call.answer()
          .completeExceptionally(new IndeterminateOperationStateException("no backup answered"));
    }

    void fail(RuntimeException failure) {
      calls.remove().answer().completeExceptionally(failure);
    }

    void runLater() {
      later.remove().run();
    }

    private BatchResult carryOut(Call call) {
      Decision decision = shard.decide(call.commands(), ShardFixture.OPENS);
      decision.change().ifPresent(shard::apply);
      return new BatchResult(
          1,
          shard.head().seq(),
          shard.unstored().storedSeq(),
          shard.view(ShardFixture.OPENS),
          decision.outcomes());
    }
  }
}
