package dev.stampede.grid;

import dev.stampede.sale.Sale;
import dev.stampede.sale.Sales;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Touches every shard once of the sales that are not over, so that none has to be loaded while
 * buyers wait. Those of ended sales come in afterwards: their owners meet them in their rounds.
 *
 * @param answers what the shards said
 */
record Preload(List<Outcome> answers) {

  static Preload of(Sales sales, Stock stock, long now) {
    List<CompletableFuture<Outcome>> asked =
        sales.all().stream()
            .filter(sale -> !sale.isOver(now))
            .flatMap(sale -> keys(sale).stream())
            .map(key -> stock.execute(key, new ShardCommand.View()))
            .toList();
    return new Preload(asked.stream().map(CompletableFuture::join).toList());
  }

  private static List<StockKey> keys(Sale sale) {
    return StockKey.all(sale.id(), sale.terms().shards());
  }

  boolean isComplete() {
    return answers.stream().allMatch(answer -> answer instanceof Outcome.Viewed);
  }
}
