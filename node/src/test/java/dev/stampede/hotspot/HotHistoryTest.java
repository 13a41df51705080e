package dev.stampede.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotSource;
import dev.stampede.sale.HotSpell;
import dev.stampede.sale.SaleId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HotHistoryTest {

  private final HotSet hot = new HotSet();
  private final List<HotSpell> stored = new ArrayList<>();
  private final HotHistory history = new HotHistory(this::store, this::isTheOne, new Hands());
  private boolean theOne = true;
  private boolean databaseIsAway;
  private long now = 20_000;

  /** A clock whose hands the test moves. */
  private final class Hands extends Clock {
    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }
  }

  private void store(List<HotSpell> spells) {
    if (databaseIsAway) {
      throw new IllegalStateException("the database is away");
    }
    stored.addAll(spells);
  }

  private boolean isTheOne() {
    return theOne;
  }

  @BeforeEach
  void listen() {
    hot.listen(history);
  }

  @Test
  void run_whenASpellIsOver_storesItOnceWithItsPeaks() {
    hot.seen(item("tv", 600, 30, 10_000, HotSource.NODES), 0);
    hot.seen(item("tv", 900, 20, 10_000, HotSource.NODES, HotSource.KAFKA), 0);
    hot.seen(item("tv", 700, 40, 10_000, HotSource.NODES), 0);
    history.run();
    assertThat(stored).isEmpty();

    hot.sweep(HotSet.KEPT.toNanos());
    history.run();
    history.run();

    assertThat(stored).containsExactly(spell("tv", 10_000, 20_000, 900, 40, "kafka", "nodes"));
  }

  @Test
  void run_ofAPromotedSale_storesItFromPromotionToEnd() {
    hot.promote("tv", 5_000);
    hot.seen(item("tv", 600, 30, 10_000, HotSource.NODES), 0);
    hot.sweep(HotSet.KEPT.toNanos());
    hot.demote("tv");
    history.run();

    assertThat(stored).containsExactly(spell("tv", 5_000, 20_000, 600, 30, "nodes", "static"));
  }

  @Test
  void run_whenASaleIsPromotedInASpell_namesThat() {
    hot.seen(item("tv", 600, 30, 10_000, HotSource.NODES), 0);
    hot.promote("tv", 15_000);
    hot.demote("tv");
    hot.sweep(HotSet.KEPT.toNanos());
    history.run();

    assertThat(stored).containsExactly(spell("tv", 10_000, 20_000, 600, 30, "nodes", "static"));
  }

  @Test
  void run_whenTheDatabaseIsAway_storesItLater() {
    databaseIsAway = true;
    endSpell("a");
    history.run();
    endSpell("b");
    history.run();
    databaseIsAway = false;
    history.run();

    assertThat(stored).extracting(spell -> spell.sale().value()).containsExactly("a", "b");
  }

  @Test
  void cold_whenTooManyWait_dropsTheOldest() {
    databaseIsAway = true;
    for (int i = 0; i < HotHistory.MOST + 5; i++) {
      endSpell("sale-" + i);
      history.run();
    }
    databaseIsAway = false;
    history.run();

    assertThat(stored).hasSize(HotHistory.MOST);
    assertThat(stored.getFirst().sale().value()).isEqualTo("sale-5");
  }

  @Test
  void run_whenAnotherNodeStores_leavesItToThatOne() {
    theOne = false;
    endSpell("a");
    history.run();

    assertThat(stored).isEmpty();
  }

  @Test
  void run_whenTheOtherNodeHasDied_storesWhatIsNew() {
    theOne = false;
    endSpell("old");
    now += HotHistory.KEPT.toMillis() + 1;
    endSpell("new");
    history.run();
    theOne = true;
    history.run();

    assertThat(stored).extracting(spell -> spell.sale().value()).containsExactly("new");
  }

  /** A node that learns of a promotion late, as it has just come. */
  @Test
  void run_whenASaleWasPromotedBeforeItWasFound_storesItFromPromotionOn() {
    hot.seen(item("tv", 600, 30, 10_000, HotSource.NODES), 0);
    hot.promote("tv", 5_000);
    hot.demote("tv");
    hot.sweep(HotSet.KEPT.toNanos());
    history.run();

    assertThat(stored).containsExactly(spell("tv", 5_000, 20_000, 600, 30, "nodes", "static"));
  }

  @Test
  void endAll_always_hasWhatIsNotOverStoredTooAsItIsNow() {
    endSpell("over");
    hot.promote("tv", 5_000);
    history.endAll();
    now += 1_000;
    hot.demote("tv");
    history.run();

    assertThat(stored)
        .containsExactly(
            spell("over", 10_000, 20_000, 600, 30, "nodes"),
            spell("tv", 5_000, 20_000, 0, 0, "static"));
  }

  @Test
  void cold_ofWhatCanBeNoSale_isNotStored() {
    endSpell("Robert'); DROP TABLE hot_spell; --");
    history.run();

    assertThat(stored).isEmpty();
  }

  @Test
  void cold_whenTheClockWentBack_endsNoSoonerThanItBegan() {
    now = 9_000;
    endSpell("a");
    history.run();

    assertThat(stored).extracting(HotSpell::until).containsExactly(Instant.ofEpochMilli(10_000));
  }

  private void endSpell(String key) {
    hot.seen(item(key, 600, 30, 10_000, HotSource.NODES), 0);
    hot.sweep(HotSet.KEPT.toNanos());
  }

  private static HotItem item(
      String key, double rate, double purchases, long since, HotSource... sources) {
    return new HotItem(key, rate, purchases, since, since + 1_000, Set.of(sources));
  }

  private static HotSpell spell(
      String sale, long since, long until, double rate, double purchases, String... sources) {
    return new HotSpell(
        new SaleId(sale),
        Instant.ofEpochMilli(since),
        Instant.ofEpochMilli(until),
        rate,
        purchases,
        List.of(sources));
  }
}
