package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.cli.SaleAudits.Asked;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SaleAuditsTest {

  @Test
  void parts_ofManySmallSales_areLarge() {
    List<Asked> sales = IntStream.range(0, 120).mapToObj(i -> new Asked("s" + i, 10)).toList();

    assertThat(SaleAudits.parts(sales)).extracting(List::size).containsExactly(50, 50, 20);
  }

  @Test
  void parts_withALargeSale_haveItByItself() {
    List<Asked> sales =
        List.of(new Asked("a", 10), new Asked("large", 3_000_000), new Asked("c", 10));

    assertThat(SaleAudits.parts(sales))
        .containsExactly(List.of("a"), List.of("large"), List.of("c"));
  }
}
