package dev.stampede.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.routing.RouteTable.Dedicated;
import dev.stampede.routing.RouteTable.Route;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RouteTableTest {

  private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
  private static final int SALES = 1_000;
  private static final List<RoutedNode> STANDARD = nodes(Role.STANDARD, 1, 3);
  private static final List<RoutedNode> FOUR = nodes(Role.DEDICATED, 4, 4);

  @Test
  void sales_ofOneThousand_areSpreadEvenly() {
    Map<RoutedNode, Long> counts =
        table(FOUR).routes().stream()
            .collect(Collectors.groupingBy(RouteTableTest::first, Collectors.counting()));

    // Five standard deviations around a quarter.
    assertThat(counts.values()).hasSize(4).allSatisfy(n -> assertThat(n).isBetween(180L, 320L));
  }

  @Test
  void node_whenItLeaves_movesItsOwnSalesOnlyAndEachToItsSecond() {
    RoutedNode gone = FOUR.get(2);
    Map<SaleId, Route> before = bySale(table(FOUR));
    Map<SaleId, Route> after = bySale(table(FOUR.stream().filter(n -> !n.equals(gone)).toList()));

    assertThat(before)
        .allSatisfy((sale, route) ->
            assertThat(first(after.get(sale)))
                .isEqualTo(first(route).equals(gone) ? route.nodes().get(1) : first(route)));
  }

  @Test
  void node_whenItJoins_takesItsShareAndNothingElseMoves() {
    RoutedNode late = nodes(Role.DEDICATED, 9, 1).getFirst();
    List<RoutedNode> five = new ArrayList<>(FOUR);
    five.add(late);
    Map<SaleId, Route> before = bySale(table(FOUR));

    List<Route> moved =
        table(five).routes().stream()
            .filter(route -> !first(route).equals(first(before.get(route.sale()))))
            .toList();

    assertThat(moved).hasSizeBetween(140, 260).allMatch(route -> first(route).equals(late));
  }

  @Test
  void tables_ofTheSameNodesInAnyOrder_areTheSame() {
    List<RoutedNode> all = new ArrayList<>(STANDARD);
    all.addAll(FOUR);
    RouteTable table = RouteTable.of(all, dedicated(50));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      assertThat(RouteTable.of(all, dedicated(50))).as("seed %d", seed).isEqualTo(table);
      assertThat(table.isOf(all, dedicated(50))).isTrue();
    }
  }

  @Test
  void version_always_changesWithWhatTheTableSays() {
    List<RoutedNode> nodes = nodes(Role.STANDARD, 1, 2);
    RoutedNode node = nodes.getFirst();
    RouteTable table = RouteTable.of(nodes, dedicated(2));
    List<RouteTable> others =
        List.of(
            RouteTable.of(nodes, dedicated(3)),
            RouteTable.of(nodes, new Dedicated(dedicated(2).sales(), 1)),
            RouteTable.of(nodes.subList(0, 1), dedicated(2)),
            RouteTable.of(
                List.of(new RoutedNode(node.url(), node.name(), Role.DEDICATED), nodes.get(1)),
                dedicated(2)));

    assertThat(table.version()).matches("[0-9a-f]{24}");
    assertThat(others)
        .extracting(RouteTable::version)
        .doesNotHaveDuplicates()
        .doesNotContain(table.version());
  }

  @Test
  void routes_withoutDedicatedNodes_leadToStandardOnes() {
    assertThat(table(List.of()).routes())
        .allSatisfy(route -> assertThat(STANDARD).containsAll(route.nodes()));
    assertThat(table(FOUR.subList(0, 1)).routes())
        .allSatisfy(route -> assertThat(route.nodes()).isEqualTo(FOUR.subList(0, 1)));
  }

  @Test
  void nodes_atOneAddress_areOne() {
    RoutedNode node = new RoutedNode("http://10.0.0.1:80", "a", Role.STANDARD);
    RoutedNode same = new RoutedNode("http://10.0.0.1:80", "b", Role.DEDICATED);

    assertThat(RouteTable.of(List.of(same, node), dedicated(1)).nodes()).containsExactly(node);
    assertThat(RouteTable.of(List.of(node, same), dedicated(1)).nodes()).containsExactly(node);
  }

  @Test
  void sales_thatAreOverOrNotDedicated_areNotListed() {
    List<Sale> all =
        List.of(
            sale("over", Tier.DEDICATED, NOW.minusSeconds(1)),
            sale("plain", Tier.STANDARD, NOW.plusSeconds(9)),
            sale("there", Tier.DEDICATED, NOW.plusMillis(1)));

    Dedicated dedicated = Dedicated.of(all, NOW.toEpochMilli());

    assertThat(dedicated).isEqualTo(new Dedicated(List.of(new SaleId("there")), 0));
    assertThat(Dedicated.of(all, NOW.toEpochMilli() + 1).sales()).isEmpty();
  }

  @Test
  void sales_beyondTheBound_areCountedAndTheFirstToOpenListed() {
    List<Sale> all =
        IntStream.range(0, RouteTable.MAX_SALES + 7)
            .mapToObj(i -> sale("s" + i, Tier.DEDICATED, NOW.plusSeconds(10_000 + i)))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(all, new Random(1));

    Dedicated dedicated = Dedicated.of(all, NOW.toEpochMilli());

    assertThat(dedicated.sales()).hasSize(RouteTable.MAX_SALES).contains(new SaleId("s999"));
    assertThat(dedicated.sales()).doesNotContain(new SaleId("s1000")).isSorted();
    assertThat(dedicated.unlisted()).isEqualTo(7);
  }

  private static RouteTable table(List<RoutedNode> dedicated) {
    List<RoutedNode> all = new ArrayList<>(STANDARD);
    all.addAll(dedicated);
    return RouteTable.of(all, dedicated(SALES));
  }

  private static Dedicated dedicated(int sales) {
    return new Dedicated(
        IntStream.range(0, sales).mapToObj(i -> new SaleId("sale-" + i)).toList(), 0);
  }

  private static List<RoutedNode> nodes(Role role, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> new RoutedNode("http://10.0.0." + i + ":8080", "node-" + i, role))
        .toList();
  }

  private static RoutedNode first(Route route) {
    return route.nodes().getFirst();
  }

  private static Map<SaleId, Route> bySale(RouteTable table) {
    return table.routes().stream().collect(Collectors.toMap(Route::sale, Function.identity()));
  }

  /** Opens an hour before it closes. */
  private static Sale sale(String id, Tier tier, Instant closes) {
    SaleTerms terms =
        new SaleTerms(
            closes.minusSeconds(3_600), closes, 1, Reduction.RESERVE, Duration.ofSeconds(10), 1);
    return new Sale(new SaleId(id), id, "", 1, "EUR", 1, terms, Optional.empty(), tier);
  }
}
