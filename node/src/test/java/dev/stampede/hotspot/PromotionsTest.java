package dev.stampede.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotSource;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PromotionsTest {

  private static final Instant OPENS = Instant.parse("2026-11-27T09:00:00Z");
  private static final Instant CLOSES = OPENS.plusSeconds(3_600);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Instant FROM = OPENS.minus(TEN_MINUTES);

  private static final HotItem PROMOTED =
      new HotItem(
          "promoted", 0, 0, FROM.toEpochMilli(), FROM.toEpochMilli(), Set.of(HotSource.STATIC));

  private final HotSet hot = new HotSet();
  private List<Sale> sales = List.of(sale("plain"), sale("promoted", TEN_MINUTES));
  private Instant now = FROM;

  private final Promotions promotions = new Promotions(() -> sales, hot, new SetClock());

  @Test
  void at_always_isFromSoLongBeforeItOpensUntilItCloses() {
    assertThat(at(FROM.minusMillis(1))).isEmpty();
    assertThat(at(FROM)).containsExactly("promoted");
    assertThat(at(OPENS)).containsExactly("promoted");
    assertThat(at(CLOSES.minusMillis(1))).containsExactly("promoted");
    assertThat(at(CLOSES)).isEmpty();
  }

  @Test
  void at_whenTheTimeIsZero_beginsAsItOpens() {
    sales = List.of(sale("zero", Duration.ZERO));

    assertThat(at(OPENS.minusMillis(1))).isEmpty();
    assertThat(at(OPENS)).containsExactly("zero");
  }

  @Test
  void run_whenTheTimeHasCome_makesTheSaleHotOnce() {
    runAt(FROM.minusMillis(1));
    assertThat(hot.items()).isEmpty();

    runAt(FROM);
    runAt(FROM.plusMillis(250));

    assertThat(hot.items()).containsExactly(PROMOTED);
  }

  @Test
  void run_whenItNoticesLate_saysThatTheSaleIsHotSinceThePlannedTime() {
    runAt(FROM.plusMillis(1_234));

    assertThat(hot.items()).containsExactly(PROMOTED);
  }

  @Test
  void run_whenTheSaleCloses_endsItsPromotion() {
    runAt(OPENS);

    runAt(CLOSES);

    assertThat(hot.items()).isEmpty();
  }

  @Test
  void run_whenTheSaleIsNoLongerListed_endsItsPromotion() {
    runAt(OPENS);
    sales = List.of(sale("late", TEN_MINUTES));

    runAt(OPENS);

    assertThat(hot.items()).extracting(HotItem::key).containsExactly("late");
  }

  @Test
  void run_whenAnythingElseIsHot_leavesItAlone() {
    hot.promote("other", 1);

    runAt(OPENS);
    runAt(CLOSES);

    assertThat(hot.items()).extracting(HotItem::key).containsExactly("other");
  }

  /** What is hot then. */
  private List<String> at(Instant instant) {
    runAt(instant);
    return hot.items().stream().map(HotItem::key).toList();
  }

  private void runAt(Instant instant) {
    now = instant;
    promotions.run();
  }

  private static Sale sale(String id) {
    return sale(id, Optional.empty());
  }

  private static Sale sale(String id, Duration promotion) {
    return sale(id, Optional.of(promotion));
  }

  private static Sale sale(String id, Optional<Duration> promotion) {
    SaleTerms terms = new SaleTerms(OPENS, CLOSES, 1, Reduction.RESERVE, TEN_MINUTES, 1);
    return new Sale(new SaleId(id), "A sale", "", 100, "EUR", 10, terms, promotion, Tier.STANDARD);
  }

  /** Stands where the test puts it. */
  private final class SetClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
