package dev.stampede.load.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeakTest {
  @Test
  void of_ordersOneAfterTheOther_isTheLargest() {
    assertThat(Peak.of(List.of(live(1, 0, 10), live(2, 10, 20), live(1, 20, 30)))).isEqualTo(2);
  }

  @Test
  void of_ordersThatOverlap_isTheirSum() {
    assertThat(Peak.of(List.of(live(1, 0, 10), live(2, 5, Long.MAX_VALUE), live(4, 9, 12))))
        .isEqualTo(7);
  }

  @Test
  void of_anOrderThatWasNeverSurelyLive_isNone() {
    assertThat(Peak.of(List.of(live(3, 10, 5)))).isZero();
  }

  private static Acknowledged live(int units, long from, long to) {
    return new Acknowledged("s", "b", units, "o", OrderState.HELD, Told.TAKEN, from, to, 0);
  }
}
