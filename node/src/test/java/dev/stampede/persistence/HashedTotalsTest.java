package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HashedTotalsTest {

  private final HashedTotals totals = new HashedTotals();

  @Test
  void add_ofManyBuyers_keepsTheUnitsOfEach() {
    for (int round = 0; round < 3; round++) {
      for (int buyer = 0; buyer < 100_000; buyer++) {
        totals.add("buyer-" + buyer, 1);
      }
    }

    assertThat(totals.atMost("buyer-0")).isEqualTo(3);
    assertThat(totals.atMost("buyer-99999")).isEqualTo(3);
    assertThat(totals.atMost("nobody")).isZero();
    assertThat(totals.areAtMost(3)).isTrue();
    assertThat(totals.areAtMost(2)).isFalse();
  }

  @Test
  void areAtMost_whenOneBuyerHasMore_isFalse() {
    totals.add("ann", 2);
    totals.add("bob", 1);
    totals.add("ann", 2);

    assertThat(totals.areAtMost(3)).isFalse();
    assertThat(totals.areAtMost(4)).isTrue();
  }
}
