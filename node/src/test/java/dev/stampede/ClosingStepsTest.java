package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClosingStepsTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final List<String> taken = new CopyOnWriteArrayList<>();

  @Test
  void then_whenAStepThrows_takesTheNextInOrder() {
    new ClosingSteps()
        .then("a", LONG, () -> taken.add("a"))
        .then(
            "throws",
            LONG,
            () -> {
              throw new IllegalStateException("a client did something");
            })
        .then(
            "fails",
            LONG,
            () -> {
              throw new AssertionError("even so");
            })
        .then("b", LONG, () -> taken.add("b"))
        .end();

    assertThat(taken).containsExactly("a", "b");
  }

  @Test
  void then_whenAStepHangs_takesTheNextAfterItsBound() {
    CountDownLatch never = new CountDownLatch(1);
    long from = System.nanoTime();
    new ClosingSteps()
        .then(
            "hangs",
            Duration.ofMillis(200),
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                taken.add("interrupted");
              }
            })
        .then("b", LONG, () -> taken.add("b"))
        .end();

    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
    assertThat(taken).contains("b");
  }

  @Test
  void then_whenInterrupted_takesAllStepsAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    new ClosingSteps()
        .then("a", LONG, () -> taken.add("a"))
        .then("b", LONG, () -> taken.add("b"))
        .end();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(taken).containsExactly("a", "b");
  }
}
