package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Reduction;
import dev.stampede.stock.AuditedShard;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables with three million orders of a sale that is over, and a sale that has just begun. */
@Tag("long")
final class LongHistoryIT {

  private static final int ORDERS = 3_000_000;
  private static final int BUYERS = 1_000_000;
  private static final int ORDERS_PER_CHANGE = 500;
  private static final Duration OF_ONE_SALE = Duration.ofSeconds(1);
  private static final Duration OF_THE_HISTORY = Duration.ofSeconds(30);

  private static TestShard ended;
  private final AuditTable audit = new AuditTable(TestTables.shared());

  @BeforeAll
  static void fill() throws SQLException {
    ended = TestShard.publish(Reduction.AT_ORDER, ORDERS);
    try (Connection connection = TestTables.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO orders SELECT '%s', 0, UNHEX(MD5(seq)), CONCAT('buyer-', seq %% %d), 1, 'PLACED', 1, 0, '', 1 + seq DIV %d FROM seq_0_to_%d"
              .formatted(ended.sale.id(), BUYERS, ORDERS_PER_CHANGE, ORDERS - 1));
      statement.executeUpdate(
          "UPDATE shards SET seq = %d, available = 0, sold = issued WHERE sale = '%s'"
              .formatted(ORDERS / ORDERS_PER_CHANGE, ended.sale.id()));
    }
  }

  @Test
  void shards_ofASaleThatHasBegun_areNotHeldUpByTheHistory() {
    TestShard begun = TestShard.publish(Reduction.RESERVE, 100);
    new ShardTable(TestTables.shared()).store(begun.key, begun.epochs(), begun.orders(1, 10));

    List<AuditedShard> shards =
        within(OF_ONE_SALE, "its audit", () -> audit.shards(List.of(begun.sale.id())));

    assertThat(shards).singleElement().returns(10L, AuditedShard::heldByOrders);
    assertThat(within(OF_ONE_SALE, "all shards", audit::keys)).contains(ended.key, begun.key);
  }

  @Test
  void shards_ofTheHistory_areAddedUpBeforeAnybodyGivesUp() {
    List<AuditedShard> shards =
        within(OF_THE_HISTORY, "the ended sale's", () -> audit.shards(List.of(ended.sale.id())));

    assertThat(shards).singleElement().returns((long) ORDERS, AuditedShard::soldByOrders);
    assertThat(shards.getFirst().buyersOverLimit()).isZero();
    within(OF_THE_HISTORY, "all sales'", () -> audit.shards(List.of()));
  }

  @Test
  void page_ofWhatChangedLast_isFoundInTime() {
    OrderTable.Query query =
        new OrderTable.Query(
            OptionalInt.of(0), ORDERS / ORDERS_PER_CHANGE - 2, 5_000, Optional.empty());

    StoredPage page =
        within(
            Duration.ofSeconds(10),
            "what changed last",
            () -> new OrderTable(TestTables.shared()).page(ended.sale.id(), query));

    assertThat(page.orders()).hasSize(2 * ORDERS_PER_CHANGE);
  }

  private static <T> T within(Duration most, String what, Supplier<T> work) {
    long begun = System.nanoTime();
    T result = work.get();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf(
        Locale.ROOT, "%s beside %,d orders: %.2f s%n", what, ORDERS, took.toMillis() / 1e3);
    assertThat(took).as(what).isLessThan(most);
    return result;
  }
}
