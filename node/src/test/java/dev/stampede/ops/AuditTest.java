package dev.stampede.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Sales;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.StockKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AuditTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final ShardClocks NO_TIMES = new ShardClocks(Map::of, Duration.ofSeconds(2));
  private static final Sale SALE = sale("x");
  private static final StockKey KEY = new StockKey(SALE.id(), 0);
  private static final String OWNER = "10.0.0.1:5701";
  private static final ChainHash CHAIN = chain(1);
  private static final ShardCounts COUNTS = new ShardCounts(10, 6, 2, 1, 1);

  @Test
  void compare_whenBothSidesAgree_isBalancedAndSettled() {
    AuditReport report = compare(grid(COUNTS, 4, CHAIN, 0), stored(COUNTS, 4, CHAIN));

    assertThat(report.balanced()).isTrue();
    assertThat(report.settled()).isTrue();
    assertThat(report.backlog()).isZero();
    assertThat(report.problems()).isEmpty();
    assertThat(report.sales().getFirst().grid()).isEqualTo(COUNTS);
    assertThat(report.sales().getFirst().database()).isEqualTo(COUNTS);
    assertThat(report.sales().getFirst().limitPerBuyer()).isEqualTo(2);
    assertThat(report.sales().getFirst().shards().getFirst().owner()).isEqualTo(OWNER);
  }

  @Test
  void compare_whenDatabaseIsBehind_isBalancedButNotSettled() {
    ShardCounts earlier = new ShardCounts(10, 9, 0, 1, 0);

    AuditReport report =
        compare(grid(COUNTS, 7, CHAIN, 0), new AuditedShard(KEY, 4, chain(2), earlier, 0, 1, 0, 0));

    assertThat(report.balanced()).isTrue();
    assertThat(report.settled()).isFalse();
    assertThat(report.backlog()).isEqualTo(3);
  }

  @Test
  void compare_whenGridLostAUnit_saysWhich() {
    ShardCounts lost = new ShardCounts(10, 5, 2, 1, 1);

    assertThat(compare(grid(lost, 5, CHAIN, 0), stored(COUNTS, 4, CHAIN)).problems())
        .containsExactly(
            "x/0: grid: issued 10 is not available 5 + held 2 + sold 1 + withdrawn 1, each 0 or"
                + " more");
  }

  @Test
  void compare_whenAvailableIsNegative_isAProblemThoughTheSumIsRight() {
    ShardCounts oversold = new ShardCounts(10, -1, 2, 8, 1);

    assertThat(compare(grid(oversold, 5, CHAIN, 0), stored(COUNTS, 4, CHAIN)).balanced()).isFalse();
  }

  @Test
  void compare_whenDatabaseRowDoesNotAddUp_saysSo() {
    ShardCounts lost = new ShardCounts(10, 5, 2, 1, 1);

    assertThat(compare(grid(COUNTS, 5, CHAIN, 0), stored(lost, 4, CHAIN)).problems())
        .singleElement()
        .asString()
        .startsWith("x/0: database: issued 10 is not available 5");
  }

  @Test
  void compare_whenOrderRowsDisagreeWithShardRow_saysSo() {
    AuditedShard stored = new AuditedShard(KEY, 4, CHAIN, COUNTS, 3, 2, 0, 0);

    assertThat(compare(grid(COUNTS, 4, CHAIN, 0), stored).problems())
        .containsExactly(
            "x/0: database: 3 held by its orders, 2 by its row",
            "x/0: database: 2 sold by its orders, 1 by its row");
  }

  @Test
  void compare_whenSettledCountsDiffer_saysSo() {
    ShardCounts other = new ShardCounts(10, 7, 1, 1, 1);
    AuditedShard stored = new AuditedShard(KEY, 4, CHAIN, other, 1, 1, 0, 0);

    AuditReport report = compare(grid(COUNTS, 4, CHAIN, 0), stored);

    assertThat(report.balanced()).isFalse();
    assertThat(report.problems()).singleElement().asString().contains("at change 4 the grid has");
  }

  @Test
  void compare_whenHistoriesDiffer_saysSo() {
    assertThat(compare(grid(COUNTS, 4, CHAIN, 0), stored(COUNTS, 4, chain(2))).problems())
        .containsExactly("x/0: another history in the database than in the grid at change 4");
  }

  @Test
  void compare_whenDatabaseIsAhead_saysSo() {
    assertThat(compare(grid(COUNTS, 4, CHAIN, 0), stored(COUNTS, 5, chain(2))).problems())
        .containsExactly("x/0: database: change 5, but the grid is at 4");
  }

  @Test
  void compare_whenBuyersAreOverTheLimit_countsThem() {
    AuditedShard stored = new AuditedShard(KEY, 4, CHAIN, COUNTS, 2, 1, 3, 0);

    AuditReport report = compare(grid(COUNTS, 4, CHAIN, 2), stored);

    assertThat(report.sales().getFirst().buyersOverLimit()).isEqualTo(3);
    assertThat(report.problems())
        .containsExactly(
            "x/0: grid: 2 buyers over the limit", "x/0: database: 3 buyers over the limit");
  }

  @Test
  void compare_whenDatabaseHasNoSuchShard_saysSo() {
    AuditReport report =
        Audit.compare(
            NOW,
            List.of(SALE),
            _ -> OWNER,
            Map.of(KEY, grid(COUNTS, 4, CHAIN, 0)),
            List.of(),
            List.of());

    assertThat(report.problems()).containsExactly("x/0: database: no such shard");
    assertThat(report.settled()).isFalse();
  }

  @Test
  void run_whenDatabaseKnowsAnotherSale_saysSo() {
    AuditedShard stray =
        new AuditedShard(new StockKey(new SaleId("y"), 0), 0, CHAIN, ShardCounts.NONE, 0, 0, 0, 0);
    Audit audit = audit(reported(), List.of(stored(COUNTS, 4, CHAIN), stray));

    assertThat(audit.run(List.of()).problems())
        .containsExactly("y/0: database: a sale that the grid does not know");
  }

  @Test
  void run_whenDatabaseHasAShardTooMany_saysSo() {
    AuditedShard stray = new AuditedShard(new StockKey(SALE.id(), 1), 3, CHAIN, COUNTS, 2, 1, 0, 0);
    Audit audit = audit(reported(), List.of(stored(COUNTS, 4, CHAIN), stray));

    assertThat(audit.run(List.of(SALE.id())).problems())
        .containsExactly("x/1: database: the sale has 1 shards, none of this number");
  }

  @Test
  void run_ofOneSale_readsNoOrdersOfOthers() {
    AuditedShard other =
        new AuditedShard(new StockKey(new SaleId("y"), 0), 0, CHAIN, ShardCounts.NONE, 0, 0, 0, 0);
    StoredRows rows = new StoredRows(List.of(stored(COUNTS, 4, CHAIN), other));

    AuditReport report = audit(reported(), rows).run(List.of(SALE.id()));

    assertThat(rows.read).containsExactly(SALE.id());
    assertThat(report.sales()).hasSize(1);
    assertThat(report.problems()).hasSize(1); // the names of the others are known all the same
  }

  @Test
  void run_whenAShardDoesNotAnswer_isUnavailable() {
    Audit audit =
        audit(new Outcome.Unanswered(Outcome.Why.UNAVAILABLE), List.of(stored(COUNTS, 4, CHAIN)));

    assertThatThrownBy(() -> audit.run(List.of()))
        .isInstanceOf(AuditUnavailable.class)
        .hasMessageContaining("x/0 gives no report")
        .hasMessageContaining("UNAVAILABLE");
  }

  @Test
  void run_whenAShardsTimeIsAheadOfThePresent_isNotBalanced() {
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    Audit audit =
        new Audit(
            new OneSale(),
            (key, command) -> CompletableFuture.completedFuture(reported()),
            _ -> OWNER,
            new StoredRows(List.of(stored(COUNTS, 4, CHAIN))),
            new ShardClocks(() -> Map.of(KEY, tomorrow), Duration.ofSeconds(2)),
            Clock.fixed(NOW, ZoneOffset.UTC));

    AuditReport report = audit.run(List.of());

    assertThat(report.balanced()).isFalse();
    assertThat(report.problems())
        .containsExactly(
            "x/0: its time is "
                + tomorrow
                + ", 86400 s ahead of this node's clock: ./stampede sale reopen x");
  }

  private static AuditReport compare(ShardReport grid, AuditedShard stored) {
    return Audit.compare(
        NOW, List.of(SALE), _ -> OWNER, Map.of(KEY, grid), List.of(stored), List.of());
  }

  private static Audit audit(Outcome answer, List<AuditedShard> database) {
    return audit(answer, new StoredRows(database));
  }

  private static Audit audit(Outcome answer, StoredRows database) {
    return new Audit(
        new OneSale(),
        (key, command) -> CompletableFuture.completedFuture(answer),
        _ -> OWNER,
        database,
        NO_TIMES,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Outcome reported() {
    return new Outcome.Reported(grid(COUNTS, 4, CHAIN, 0));
  }

  private static ShardReport grid(ShardCounts counts, long seq, ChainHash chain, long overLimit) {
    return new ShardReport(counts, SalePhase.OPEN, 1, seq, seq, chain, 3, overLimit);
  }

  private static AuditedShard stored(ShardCounts counts, long seq, ChainHash chain) {
    return new AuditedShard(KEY, seq, chain, counts, counts.held(), counts.sold(), 0, 0);
  }

  private static ChainHash chain(int fill) {
    byte[] bytes = new byte[ChainHash.LENGTH];
    bytes[0] = (byte) fill;
    return ChainHash.of(bytes);
  }

  private static Sale sale(String id) {
    SaleTerms terms =
        new SaleTerms(NOW, NOW.plusSeconds(60), 2, Reduction.RESERVE, Duration.ofSeconds(10), 1);
    return new Sale(new SaleId(id), "Title", "", 100, "EUR", 10, terms);
  }

  private static final class OneSale implements Sales {
    @Override
    public Optional<Sale> find(SaleId id) {
      return id.equals(SALE.id()) ? Optional.of(SALE) : Optional.empty();
    }

    @Override
    public boolean isPublished(SaleId id) {
      return find(id).isPresent();
    }

    @Override
    public List<Sale> all() {
      return List.of(); // this node has not looked since the sale was published
    }

    @Override
    public List<Sale> current() {
      return List.of(SALE);
    }

    @Override
    public Published publish(Sale sale) {
      throw new UnsupportedOperationException("an audit publishes nothing");
    }

    @Override
    public Sale promote(SaleId id, Optional<Duration> promotion) {
      throw new UnsupportedOperationException("an audit promotes nothing");
    }
  }
}
