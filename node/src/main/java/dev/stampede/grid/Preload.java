package dev.stampede.grid;

import dev.stampede.sale.Sale;
import dev.stampede.sale.Sales;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Touches every shard once of the sales that are not over, so that none has to be loaded while
 * buyers wait. Those of ended sales come in afterwards: their owners meet them in their rounds.
 *
 * @param answers what the shards said
 */
record Preload(List<Answer> answers) {

  private static final Logger LOG = LoggerFactory.getLogger(Preload.class);

  /** How many shards a log line names. */
  private static final int MOST_NAMED = 5;

  /** The outcome of one shard. */
  record Answer(StockKey key, Outcome outcome) {

    boolean isThere() {
      return outcome instanceof Outcome.Viewed;
    }
  }

  static Preload of(Sales sales, Stock stock, long now) {
    List<CompletableFuture<Answer>> asked =
        sales.all().stream()
            .filter(sale -> !sale.isOver(now))
            .flatMap(sale -> keys(sale).stream())
            .map(key ->
                stock
                    .execute(key, new ShardCommand.View())
                    .thenApply(outcome -> new Answer(key, outcome)))
            .toList();
    return new Preload(asked.stream().map(CompletableFuture::join).toList());
  }

  private static List<StockKey> keys(Sale sale) {
    return StockKey.all(sale.id(), sale.terms().shards());
  }

  /**
   * Whether all shards are there. Logs those that are not.
   *
   * @param isBackedUp whether this node counts all backups of a shard
   */
  boolean isComplete(Predicate<StockKey> isBackedUp) {
    List<Answer> missing = answers.stream().filter(answer -> !answer.isThere()).toList();
    if (!missing.isEmpty()) {
      LOG.warn(
          "{} of {} shards cannot be reached yet, which is tried again: {}",
          missing.size(),
          answers.size(),
          missing.stream()
              .limit(MOST_NAMED)
              .map(answer -> describe(answer, isBackedUp.test(answer.key())))
              .collect(Collectors.joining(", ")));
    }
    return missing.isEmpty();
  }

  private static String describe(Answer answer, boolean isBackedUp) {
    return answer.key()
        + " ("
        + (isBackedUp ? "" : "a backup is missing, ")
        + answer.outcome()
        + ")";
  }
}
