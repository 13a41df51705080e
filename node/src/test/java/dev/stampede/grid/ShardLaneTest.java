package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.stampede.config.LaneSettings;
import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A lane against an owner that answers when, and as, the test says. */
class ShardLaneTest {

  private static final StockKey KEY = new StockKey(new SaleId("sale"), 0);

  private final TestOwner owner = new TestOwner();

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
  void call_whenABackupLeftMeanwhile_isRepeatedBeforeItIsAnswered() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));
    owner.backedUp = false;
    owner.answer();
    assertThat(answer).isNotDone();

    owner.backedUp = true;
    owner.runLater();
    owner.answer();

    assertThat(((Outcome.Reserved) answer.join()).replayed()).isTrue();
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
  void call_toAFencedShardAfterAnUnknownOne_isNotReportedAsNotDone() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> answer = lane.submit(reserve(1));
    owner.carryOutAndLoseTheAnswer();
    owner.shard.fence();
    owner.runLater();

    owner.answer();

    assertThat(answer.join()).isEqualTo(new Outcome.Unanswered(Outcome.Why.UNKNOWN));
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
  void call_withACommandThatWasGivenUpMeanwhile_goesOutWithoutIt() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    lane.submit(reserve(1));
    CompletableFuture<Outcome> givenUp = lane.submit(reserve(2));
    lane.submit(reserve(3));
    owner.answer();
    owner.answerNotLoaded();

    givenUp.complete(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE));
    owner.runLater();

    assertThat(owner.sizes()).containsExactly(1, 2, 1);
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

  @Test
  void order_whoseBuyerWantsToWait_isToldOnceItIsStored() {
    ShardLane lane = lane(100, Duration.ofSeconds(5));
    CompletableFuture<Outcome> waiting = lane.submit(reserve(1), Duration.ofSeconds(3));
    CompletableFuture<Outcome> other = lane.submit(reserve(2));
    owner.answer();
    if (!other.isDone()) {
      owner.answer();
    }
    assertThat(((Outcome.Reserved) other.join()).durable()).isFalse();
    assertThat(waiting).isNotDone();

    owner.stored.complete(true);

    assertThat(((Outcome.Reserved) waiting.join()).durable()).isTrue();
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
    return new ShardLane(
        KEY, new LaneSettings(capacity, capacity, 1_000, 4, deadline), owner, new LaneCounters());
  }

  private static ShardCommand reserve(long number) {
    return new ShardCommand.Reserve(
        new OrderKey(number, number), new BuyerId("buyer-" + number), 1);
  }
}
