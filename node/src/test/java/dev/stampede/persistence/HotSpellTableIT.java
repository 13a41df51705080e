package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.sale.HotSpell;
import dev.stampede.sale.SaleId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HotSpellTableIT {

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));

  private final DatabaseSettings settings = TestDatabase.fresh();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12, 100})
  void page_followedToTheEnd_tellsEachSpellOnceTheNewestFirst(int limit) {
    try (Database database = Database.open(settings)) {
      HotSpellTable table = new HotSpellTable(database);
      table.store(IntStream.range(0, 12).mapToObj(i -> spell("s-" + i, i / 3)).toList());

      List<HotSpell> all = all(table, Optional.empty(), limit);

      assertThat(all)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 12).mapToObj(i -> spell("s-" + i, i / 3)).toList());
      assertThat(all).extracting(HotSpell::since).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }
  }

  @Test
  void page_ofOneSale_leavesOutTheOthers() {
    try (Database database = Database.open(settings)) {
      HotSpellTable table = new HotSpellTable(database);
      table.store(List.of(spell("a", 1), spell("b", 1), spell("a", 2)));

      assertThat(all(table, Optional.of(new SaleId("a")), 1))
          .containsExactly(spell("a", 2), spell("a", 1));
      assertThat(all(table, Optional.of(new SaleId("nobody")), 1)).isEmpty();
    }
  }

  @Test
  void store_ofASpellThatIsThere_keepsTheLongerAndTheHotterOfBoth() {
    try (Database database = Database.open(settings)) {
      HotSpellTable table = new HotSpellTable(database);
      table.store(List.of(spell("a", 1, 60, 600, 40, "nodes")));
      table.store(List.of(spell("a", 1, 50, 900, 30, "kafka", "nodes")));
      table.store(List.of(spell("a", 1, 50, 900, 30, "static")));

      assertThat(table.page(Optional.empty(), 10, Optional.empty()))
          .containsExactly(spell("a", 1, 60, 900, 40, "kafka", "nodes", "static"));
    }
  }

  @Test
  void store_whenThereAreTooMany_deletesTheOldest() {
    try (Database database = Database.open(settings)) {
      HotSpellTable table = new HotSpellTable(database, 5);
      table.store(IntStream.range(0, 8).mapToObj(i -> spell("a", i)).toList());

      assertThat(all(table, Optional.empty(), 100))
          .containsExactlyElementsOf(
              IntStream.iterate(7, i -> i >= 3, i -> i - 1).mapToObj(i -> spell("a", i)).toList());
    }
  }

  @Test
  void store_always_deletesWhatIsTooOld() {
    int tooLongAgo = (int) HotSpellTable.AGE.negated().toMinutes();
    try (Database database = Database.open(settings)) {
      HotSpellTable table = new HotSpellTable(database);
      table.store(List.of(spell("a", tooLongAgo), spell("a", tooLongAgo + 120)));

      assertThat(all(table, Optional.empty(), 100)).containsExactly(spell("a", tooLongAgo + 120));
    }
  }

  @Test
  void store_whenTheDatabaseDoesNotAnswer_saysSo() {
    DatabaseSettings nowhere =
        new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/none", "nobody", "", 1);
    try (Database database = Database.connect(nowhere)) {
      HotSpellTable table = new HotSpellTable(database);

      assertThatThrownBy(() -> table.store(List.of(spell("a", 1))))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("storing spells of hot sales");
    }
  }

  private static List<HotSpell> all(HotSpellTable table, Optional<SaleId> sale, int limit) {
    List<HotSpell> all = new ArrayList<>();
    List<HotSpell> page = table.page(sale, limit, Optional.empty());
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      assertThat(all).doesNotContainAnyElementsOf(page); // or this would go on for ever
      all.addAll(page);
      page = table.page(sale, limit, Optional.of(page.getLast().place()));
    }
    return all;
  }

  private HotSpell spell(String sale, int minute) {
    return spell(sale, minute, 30, 600.5, 30, "nodes");
  }

  private HotSpell spell(
      String sale, int minute, int seconds, double rate, double purchases, String... sources) {
    Instant since = start.plus(Duration.ofMinutes(minute));
    return new HotSpell(
        new SaleId(sale), since, since.plusSeconds(seconds), rate, purchases, List.of(sources));
  }
}
