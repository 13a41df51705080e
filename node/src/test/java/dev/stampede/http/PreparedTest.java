package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PreparedTest {

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final Prepared<Integer> prepared =
      new Prepared<>(made::incrementAndGet, Duration.ofSeconds(1), clock::get);

  @Test
  void get_withinTheTime_isMadeOnce() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(prepared.get()).isEqualTo(1);
    }
  }

  @Test
  void get_afterTheTime_isMadeAnew() {
    assertThat(prepared.get()).isEqualTo(1);
    clock.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(prepared.get()).isEqualTo(2);
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void get_whileAnotherMakesIt_hasTheOldOne() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch making = new CountDownLatch(2);
    Prepared<Integer> slow =
        new Prepared<>(
            () -> {
              making.countDown();
              if (making.getCount() == 0) {
                await(gate);
              }
              return made.incrementAndGet();
            },
            Duration.ofSeconds(1),
            clock::get);
    assertThat(slow.get()).isEqualTo(1);
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(slow::get);
    making.await();

    assertThat(slow.get()).isEqualTo(1);
    gate.countDown();
    assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(2);
  }
}
