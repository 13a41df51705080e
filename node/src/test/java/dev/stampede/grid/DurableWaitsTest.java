package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DurableWaitsTest {

  private static final StockKey KEY = new StockKey(new SaleId("sale"), 0);

  private static final Duration LONG = Duration.ofSeconds(10);

  private final DurableWaits waits = new DurableWaits();

  @Test
  void await_completesWhenTheChangeOrALaterOneIsStored() {
    CompletableFuture<Boolean> third = waits.await(KEY, 1, 3, LONG);
    CompletableFuture<Boolean> fifth = waits.await(KEY, 1, 5, LONG);

    waits.stored(new StoredMark(KEY, 1, 4));

    assertThat(third.join()).isTrue();
    assertThat(fifth).isNotDone();
  }

  @Test
  void await_ofWhatWasSaidBefore_completesAtOnce() {
    waits.stored(new StoredMark(KEY, 1, 4));

    assertThat(waits.await(KEY, 1, 4, LONG).join()).isTrue();
  }

  @Test
  void await_ofAnotherEpochOrShard_goesOnWaiting() {
    waits.stored(new StoredMark(KEY, 2, 9));
    waits.stored(new StoredMark(new StockKey(KEY.sale(), 1), 1, 9));

    assertThat(waits.await(KEY, 1, 4, LONG)).isNotDone();
  }

  @Test
  void await_whenNothingIsHeardInTime_saysSo() {
    assertThat(waits.await(KEY, 1, 4, Duration.ofMillis(10)).join()).isFalse();
  }
}
