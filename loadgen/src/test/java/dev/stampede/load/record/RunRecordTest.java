package dev.stampede.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.load.record.Purchase.Unanswered;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RunRecordTest {
  private final RunRecord record = new RunRecord();

  @Test
  void finish_whenSomethingHasNotEnded_countsItAsUnknown() {
    record.began();
    record.began();
    record.ended(Outcome.RESERVED);

    RunResult result = record.finish();

    assertThat(result.count(Outcome.RESERVED)).isEqualTo(1);
    assertThat(result.count(Outcome.UNKNOWN)).isEqualTo(1);
  }

  @Test
  void finish_always_keepsOnlyPurchasesThatMayExist() {
    Unanswered first = new Unanswered("s", "ann", 1, false);
    Unanswered second = new Unanswered("s", "bob", 1, false);
    int refused = record.opened(first);
    int kept = record.opened(second);
    record.refused(refused);
    record.learned(kept, second);

    assertThat(record.finish().purchases()).containsExactly(second);
  }

  @Test
  void tick_always_hasTheLatenciesSinceTheLast() {
    record.answered(Op.BUY, Duration.ofMillis(10).toNanos());
    assertThat(record.tick().percentiles().count()).isEqualTo(1);

    record.answered(Op.BUY, Duration.ofMillis(30).toNanos());
    assertThat(record.tick().percentiles().p50()).isCloseTo(30, within(0.1));

    assertThat(record.finish().latency().count()).isEqualTo(2);
    assertThat(record.finish().latency().max()).isCloseTo(30, within(0.1));
  }

  @Test
  void notSent_always_isAnArrivalToo() {
    record.arrived();
    record.notSent();

    assertThat(record.finish().arrivals()).isEqualTo(2);
    assertThat(record.finish().notSent()).isEqualTo(1);
  }
}
