package dev.stampede.grid;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads of hot shards from this node's memory, and leaves everything else to the owner. A
 * view grants and refuses nothing: orders always go to the owner.
 */
final class HotReads implements Stock {

  private final Stock owners;
  private final HotSales hot;
  private final HotViews views;

  HotReads(Stock owners, HotSales hot, HotViews views) {
    this.owners = owners;
    this.hot = hot;
    this.views = views;
  }

  @Override
  public CompletableFuture<Outcome> execute(StockKey key, ShardCommand command) {
    return command instanceof ShardCommand.View && hot.isHot(key.sale().value())
        ? read(key, command)
        : owners.execute(key, command);
  }

  @Override
  public CompletableFuture<Outcome> executeDurably(
      StockKey key, ShardCommand command, Duration most) {
    return owners.executeDurably(key, command, most);
  }

  private CompletableFuture<Outcome> read(StockKey key, ShardCommand command) {
    CompletableFuture<StockView> cached = views.read(key);
    if (cached.isDone() && !cached.isCompletedExceptionally()) {
      return known(key, command, cached.join());
    }
    return cached.handle((view, failure) -> view).thenCompose(view -> known(key, command, view));
  }

  /** The owner is asked where none has put a view in yet, and where it cannot be had. */
  private CompletableFuture<Outcome> known(
      StockKey key, ShardCommand command, @Nullable StockView view) {
    return view == null
        ? owners.execute(key, command)
        : CompletableFuture.completedFuture(new Outcome.Viewed(view));
  }
}
