package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Sales.Published;
import dev.stampede.sale.Tier;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SaleTableIT {

  private final SaleTable table = new SaleTable(TestTables.shared());

  private static Sale sale(int units) {
    return TestShard.sale(UUID.randomUUID().toString(), Reduction.RESERVE, units);
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void publish_whenNew_storesTheSaleAsItIs(Reduction reduction) {
    Sale sale = TestShard.sale(UUID.randomUUID().toString(), reduction, 7);

    assertThat(table.publish(sale)).isEqualTo(Published.NEW);
    assertThat(table.all()).contains(sale);
  }

  @Test
  void publish_whenNew_issuesItsUnits() {
    Sale sale = sale(7);
    table.publish(sale);

    assertThat(StoredPicture.of(new StockKey(sale.id(), 0)).row().head().counts())
        .isEqualTo(ShardCounts.issued(7));
  }

  @Test
  void publish_whenThere_tellsTheSameFromAnother() {
    Sale sale = sale(7);
    table.publish(sale);
    Sale other = TestShard.sale(sale.id().value(), Reduction.RESERVE, 8);

    assertThat(table.publish(sale)).isEqualTo(Published.SAME);
    assertThat(table.publish(other)).isEqualTo(Published.OTHER);
    assertThat(table.all()).contains(sale).doesNotContain(other);
    assertThat(StoredPicture.of(new StockKey(sale.id(), 0)).row().head().counts())
        .isEqualTo(ShardCounts.issued(7));
  }

  @Test
  void publish_whenPromoted_storesFromWhen() {
    Sale sale = promoted(sale(7), Duration.ofMinutes(10));

    assertThat(table.publish(sale)).isEqualTo(Published.NEW);
    assertThat(table.publish(sale)).isEqualTo(Published.SAME);
    assertThat(table.publish(promoted(sale, Duration.ZERO))).isEqualTo(Published.SAME);
    assertThat(table.all()).contains(sale);
  }

  @Test
  void publish_whenDedicated_storesTheTier() {
    Sale sale = withTier(sale(7), Tier.DEDICATED);

    assertThat(table.publish(sale)).isEqualTo(Published.NEW);
    assertThat(table.publish(sale)).isEqualTo(Published.SAME);
    assertThat(table.publish(withTier(sale, Tier.STANDARD))).isEqualTo(Published.OTHER);
    assertThat(table.all()).contains(sale);
  }

  private static Sale withTier(Sale sale, Tier tier) {
    return new Sale(
        sale.id(),
        sale.title(),
        sale.description(),
        sale.priceMinor(),
        sale.currency(),
        sale.quantity(),
        sale.terms(),
        sale.promotion(),
        tier);
  }

  @Test
  void promote_always_changesThatAndNothingElse() {
    Sale sale = sale(7);
    Sale neighbour = sale(7);
    table.publish(sale);
    table.publish(neighbour);
    ShardRow shard = StoredPicture.of(new StockKey(sale.id(), 0)).row();

    table.promote(sale.id(), Optional.of(Duration.ofMinutes(10)));
    assertThat(table.find(sale.id())).isEqualTo(promoted(sale, Duration.ofMinutes(10)));
    assertThat(table.find(neighbour.id())).isEqualTo(neighbour);
    table.promote(sale.id(), Optional.of(Sale.MAX_PROMOTION));
    assertThat(table.find(sale.id())).isEqualTo(promoted(sale, Sale.MAX_PROMOTION));
    assertThat(table.publish(sale)).isEqualTo(Published.SAME);
    table.promote(sale.id(), Optional.empty());

    assertThat(table.all()).contains(sale, neighbour);
    assertThat(StoredPicture.of(new StockKey(sale.id(), 0)).row()).isEqualTo(shard);
  }

  private static Sale promoted(Sale sale, Duration promotion) {
    return sale.withPromotion(Optional.of(promotion));
  }

  @Test
  void publish_whenLatePaymentsAreAlwaysTaken_isReadAsSuch() {
    Sale sale = sale(7);
    Sale always =
        new Sale(
            sale.id(),
            sale.title(),
            sale.description(),
            sale.quantity(),
            sale.terms().with(LatePayments.ALWAYS),
            sale.promotion(),
            sale.tier());

    assertThat(table.publish(always)).isEqualTo(Published.NEW);
    assertThat(table.publish(always)).isEqualTo(Published.SAME);
    assertThat(table.publish(sale)).isNotEqualTo(Published.SAME);
    assertThat(table.find(sale.id())).isEqualTo(always);
  }

  @Test
  void publish_whenInstantsHaveMicroseconds_isStillTheSame() {
    Sale sale = sale(7);
    SaleTerms terms = sale.terms();
    Sale precise =
        new Sale(
            sale.id(),
            sale.title(),
            sale.description(),
            sale.priceMinor(),
            sale.currency(),
            sale.quantity(),
            new SaleTerms(
                terms.opensAt().plusNanos(1_000),
                terms.closesAt(),
                terms.limitPerBuyer(),
                terms.reduction(),
                Duration.ofSeconds(10),
                1));

    assertThat(table.publish(precise)).isEqualTo(Published.NEW);
    assertThat(table.publish(precise)).isEqualTo(Published.SAME);
    assertThat(table.all()).contains(sale);
  }

  @Test
  void publish_bySeveralNodesAtOnce_isNewForOneOfThem() throws Exception {
    Sale sale = sale(7);
    Callable<Published> publish = () -> table.publish(sale);
    try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      List<Future<Published>> answers =
          nodes.invokeAll(IntStream.range(0, 4).mapToObj(i -> publish).toList());

      assertThat(answers)
          .extracting(Future::resultNow)
          .containsExactlyInAnyOrder(Published.NEW, Published.SAME, Published.SAME, Published.SAME);
    }
  }
}
