package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessSumTest {
  private final AccessSum sum = new AccessSum();

  @Test
  void count_bySource_keepsThemApart() {
    sum.count(new Access("a", 70, 30, HotSource.NODES));
    sum.count(new Access("a", 60, 0, HotSource.KAFKA));

    assertThat(sum.item("a", 5, 61))
        .isEqualTo(new HotItem("a", 100, 30, 5, 5, Set.of(HotSource.NODES)));
    assertThat(sum.item("a", 5, 60).sources()).containsOnly(HotSource.NODES, HotSource.KAFKA);
  }

  @Test
  void rate_whenKafkaSawMore_isKafkas() {
    sum.add(new AccessSum(10, 5, 200));

    assertThat(sum.rate()).isEqualTo(200);
  }

  /** What Jet compares before it forgets a key. */
  @Test
  void deduct_ofAllThatWasAdded_equalsAnEmptyOne() {
    AccessSum step = new AccessSum(3, 2, 1);
    sum.add(step);
    assertThat(sum).isNotEqualTo(new AccessSum());

    sum.deduct(step);

    assertThat(sum).isEqualTo(new AccessSum()).hasSameHashCodeAs(new AccessSum());
  }
}
