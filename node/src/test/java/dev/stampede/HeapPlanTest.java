package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapPlanTest {

  private static final long NOW = 2_000;
  private static final long GIB = 1L << 30;

  /** Half of a GiB: 2,386,092 orders of 225 bytes. */
  private final HeapPlan alone = new HeapPlan(GIB, 50, 1, 1);

  private static Sale sale(long units, long closesAt) {
    return new Sale(
        new SaleId("sale"),
        "A sale",
        "",
        1,
        "EUR",
        units,
        new SaleTerms(
            Instant.EPOCH,
            Instant.ofEpochMilli(closesAt),
            1,
            Reduction.RESERVE,
            Duration.ofSeconds(1),
            1));
  }

  @Test
  void refusal_whenAllUnitsFit_isEmpty() {
    assertThat(alone.refusal(2_386_000, List.of(), NOW)).isEmpty();
    assertThat(alone.refusal(1_386_000, List.of(sale(1_000_000, NOW + 1)), NOW)).isEmpty();
  }

  @Test
  void refusal_whenTheyDoNot_givesTheFigures() {
    assertThat(alone.refusal(2_000_000, List.of(sale(1_000_000, NOW + 1)), NOW))
        .hasValue(
            "2000000 units, and 1000000 of sales that are not over, take up to 644 MiB of each"
                + " node; 511 MiB may be planned (50 % of a heap of 1024 MiB, sale.maxHeapShare).");
  }

  @Test
  void refusal_whenTheOtherSaleIsOver_doesNotCountIt() {
    assertThat(alone.refusal(2_386_000, List.of(sale(1_000_000, NOW)), NOW)).isEmpty();
  }

  @Test
  void refusal_whenNodesShareTheOrders_countsTheCopies() {
    HeapPlan three = new HeapPlan(GIB, 50, 3, 2);

    assertThat(three.refusal(3_579_000, List.of(), NOW)).isEmpty();
    assertThat(three.refusal(3_580_000, List.of(), NOW)).isPresent();
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
