package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.StockKey;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DurableWaitsTest {

  private static final StockKey KEY = new StockKey(new SaleId("sale"), 0);

  private final DurableWaits waits = new DurableWaits();

  @Test
  void await_completesWhenTheChangeOrALaterOneIsStored() {
    CompletableFuture<Boolean> third = waits.await(KEY, 1, 3);
    CompletableFuture<Boolean> fifth = waits.await(KEY, 1, 5);

    waits.stored(new StoredMark(KEY, 1, 4));

    assertThat(third.join()).isTrue();
    assertThat(fifth).isNotDone();
  }

  @Test
  void await_ofWhatWasSaidBefore_completesAtOnce() {
    waits.stored(new StoredMark(KEY, 1, 4));

    assertThat(waits.await(KEY, 1, 4).join()).isTrue();
  }

  @Test
  void await_ofAnotherEpochOrShard_goesOnWaiting() {
    waits.stored(new StoredMark(KEY, 2, 9));
    waits.stored(new StoredMark(new StockKey(KEY.sale(), 1), 1, 9));

    assertThat(waits.await(KEY, 1, 4)).isNotDone();
  }
}
