package dev.stampede.grid;

import com.hazelcast.core.IndeterminateOperationStateException;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.Decision;
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

/** Keeps calls until the test lets them end. */
final class TestOwner implements ShardLane.LaneCalls {

  /** Pauses between calls are shorter, pauses before repeats are not. */
  private static final Duration SHORT = Duration.ofMillis(1);

  final StockShard shard = ShardFixture.shard(100, Reduction.RESERVE);
  private final Deque<Call> calls = new ArrayDeque<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final List<Integer> sizes = new ArrayList<>();
  boolean exists = true;
  boolean backedUp = true;
  int installs;
  final CompletableFuture<Boolean> stored = new CompletableFuture<>();
  long waitedFor;

  private record Call(List<ShardCommand> commands, CompletableFuture<BatchResult> answer) {}

  @Override
  public CompletionStage<BatchResult> execute(StockKey key, ExecuteCommands batch) {
    Call call = new Call(batch.commands(), new CompletableFuture<>());
    calls.add(call);
    sizes.add(call.commands().size());
    return call.answer();
  }

  @Override
  public boolean isBackedUp(StockKey key) {
    return backedUp;
  }

  @Override
  public CompletionStage<Boolean> install(StockKey key) {
    installs++;
    return CompletableFuture.completedStage(exists);
  }

  @Override
  public CompletionStage<Boolean> stored(StockKey key, int epoch, long seq, Duration most) {
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
    Decision decision = shard.decide(call.commands(), ShardFixture.OPENS, ShardFixture.BOUNDS);
    decision.change().ifPresent(shard::apply);
    return new BatchResult(
        1,
        shard.head().seq(),
        shard.unstored().storedSeq(),
        shard.view(ShardFixture.OPENS),
        decision.outcomes());
  }
}
