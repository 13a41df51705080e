package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapPlanTest {

  private static final long GIB = 1L << 30;

  /** Half of a GiB: 2,386,092 orders of 225 bytes. */
  private final HeapPlan alone = new HeapPlan(GIB, 50, 1, 1);

  @Test
  void refusal_whenAllUnitsFit_isEmpty() {
    assertThat(alone.refusal(2_386_000, 0)).isEmpty();
    assertThat(alone.refusal(1_386_000, 1_000_000)).isEmpty();
  }

  @Test
  void refusal_whenTheyDoNot_givesTheFigures() {
    assertThat(alone.refusal(2_000_000, 1_000_000))
        .hasValue(
            "2000000 units, and 1000000 orders that sales which are not over may have, take up to"
                + " 644 MiB of each node; 511 MiB may be planned (50 % of a heap of 1024 MiB,"
                + " sale.maxHeapShare).");
  }

  @Test
  void refusal_whenNodesShareTheOrders_countsTheCopies() {
    HeapPlan three = new HeapPlan(GIB, 50, 3, 2);

    assertThat(three.refusal(3_579_000, 0)).isEmpty();
    assertThat(three.refusal(3_580_000, 0)).isPresent();
  }

  @Test
  void cannotLoad_whenTheOrdersDoNotFit_asksForALargerHeapInOneLine() {
    assertThat(alone.cannotLoad(4_000_000)).isEmpty();
    assertThat(alone.cannotLoad(5_000_000))
        .hasValueSatisfying(line ->
            assertThat(line)
                .contains("5000000 orders", "1073 MiB", "1024 MiB", "-Xmx2146m")
                .doesNotContain("\n"));
  }
}
