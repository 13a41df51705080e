package dev.stampede.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import dev.stampede.sale.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LedgerReplayTest {

  private static final long UNITS = 12;
  private static final long VICTIM = 3;

  private final List<LedgerEntry> ledger = new ArrayList<>();
  private StockShard shard = history(1, Reduction.RESERVE);

  private StockShard history(long seed, Reduction reduction) {
    ledger.clear();
    StockShard played = ShardFixture.shard(UNITS, reduction);
    RandomCommands random = new RandomCommands(seed);
    for (int i = 0; i < 40; i++) {
      played
          .decide(random.batch(), random.now(), ShardFixture.BOUNDS)
          .change()
          .ifPresent(change -> {
            played.apply(change);
            ledger.add(entry(change));
          });
    }
    return played;
  }

  private static LedgerEntry entry(ShardChange change) {
    return new LedgerEntry(
        change.seq(),
        change.header().epoch(),
        change.header().at(),
        change.chain(),
        change.body().clone());
  }

  private LedgerReplay replay(Optional<ChainMark> mark) {
    return new LedgerReplay(shard.key(), UNITS, mark);
  }

  private Optional<LedgerFault> playAll(LedgerReplay replay) {
    return ledger.stream().map(replay::next).flatMap(Optional::stream).findFirst();
  }

  /**
   * Plays all, and compares with the shard itself; refunds and adjustments as the ledger dates
   * them.
   */
  private Optional<LedgerFault> check(ShardSnapshot tables) {
    LedgerReplay replay = replay(Optional.empty());
    return playAll(replay)
        .or(() -> replay.endsAt(tables.head(), tables.chain()))
        .or(() -> tables.orders().stream().map(replay::order).flatMap(Optional::stream).findFirst())
        .or(() -> datedRefunds(replay))
        .or(replay::rest);
  }

  private Optional<LedgerFault> datedRefunds(LedgerReplay replay) {
    List<Optional<LedgerFault>> found = new ArrayList<>();
    for (LedgerEntry entry : ledger) {
      ShardChange change = ChangeCodec.decode(ChainHash.GENESIS, entry.chain(), entry.body());
      change.refunds().forEach(refund -> found.add(replay.refund(refund, entry.seq())));
      change.adjustments().forEach(each -> found.add(replay.adjustment(each, entry.seq())));
    }
    return found.stream().flatMap(Optional::stream).findFirst();
  }

  private void assertFault(Optional<LedgerFault> fault, long seq, String what) {
    assertThat(fault)
        .hasValueSatisfying(found -> {
          assertThat(found.key()).isEqualTo(shard.key());
          assertThat(found.seq()).isEqualTo(seq);
          assertThat(found.what()).contains(what);
        });
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void replay_ofAnyHistory_leadsToTheStateThatTheShardHas(Reduction reduction) {
    for (long seed = 1; seed <= 300; seed++) {
      shard = history(seed, reduction);

      assertThat(check(shard.snapshot())).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void next_whenAnyByteOfABodyIsAnother_namesTheChange() {
    LedgerEntry victim = ledger.get((int) VICTIM - 1);
    for (int i = 0; i < victim.body().length; i++) {
      victim.body()[i] ^= 1;
      assertFault(check(shard.snapshot()), VICTIM, "hash");
      victim.body()[i] ^= 1;
    }
  }

  @Test
  void next_whenAChangeIsMissing_namesIt() {
    var _ = ledger.remove((int) VICTIM - 1);

    assertFault(check(shard.snapshot()), VICTIM, "goes on with #4");
  }

  @Test
  void next_whenChangesAreSwapped_namesTheFirst() {
    ledger.add((int) VICTIM - 1, ledger.remove((int) VICTIM));

    assertFault(check(shard.snapshot()), VICTIM, "missing");
  }

  @Test
  void next_whenTheColumnsAreNotThoseOfTheBody_namesTheChange() {
    LedgerEntry it = ledger.get((int) VICTIM - 1);
    ledger.set(
        (int) VICTIM - 1,
        new LedgerEntry(it.seq(), it.epoch(), it.at() + 1, it.chain(), it.body()));

    assertFault(check(shard.snapshot()), VICTIM, "the body epoch");
  }

  /** Whoever can write the ledger can compute hashes; the arithmetic still has to be right. */
  @Test
  void next_whenGenuineHashesCoverCountsThatOrdersDoNotGive_namesTheChange() {
    ShardChange second = change(1);
    ShardChange.Header it = second.header();
    ShardCounts lie = it.counts().with(new Adjustment("x", Adjustment.Kind.RESTOCK, 1));
    assertThat(lie.balanced()).isTrue();

    forge(second, new ShardChange.Header(it.key(), 1, 2, it.at(), lie, false, false));

    assertFault(check(shard.snapshot()), 2, "its orders lead to");
  }

  @Test
  void next_whenGenuineHashesCoverAChangeOfAnotherShard_namesTheChange() {
    ShardChange second = change(1);
    ShardChange.Header it = second.header();
    StockKey other = new StockKey(it.key().sale(), 1);

    forge(second, new ShardChange.Header(other, 1, 2, it.at(), it.counts(), false, false));

    assertFault(check(shard.snapshot()), 2, "the body is that of sale/1 #2");
  }

  @Test
  void next_whenTimeRunsBackwards_namesTheChange() {
    ShardChange second = change(1);
    ShardChange.Header it = second.header();

    forge(second, new ShardChange.Header(it.key(), 1, 2, 1, it.counts(), false, false));

    assertFault(check(shard.snapshot()), 2, "before");
  }

  /** With hashes that are right, in the second place. */
  private void forge(ShardChange change, ShardChange.Header header) {
    ledger.set(
        1,
        entry(
            ShardChange.following(
                change.base(), header, change.orders(), change.refunds(), change.adjustments())));
  }

  private ShardChange change(int index) {
    LedgerEntry entry = ledger.get(index);
    ChainHash base = index == 0 ? ChainHash.GENESIS : ledger.get(index - 1).chain();
    return ChangeCodec.decode(base, entry.chain(), entry.body());
  }

  @Test
  void next_whenTheBodyCannotBeRead_namesTheChange() {
    byte[] garbage = {1, 0, 4, 's', 'a', 'l', 'e'};
    ledger.set(0, new LedgerEntry(1, 1, 1, ChainHash.GENESIS.next(garbage), garbage));

    assertFault(check(shard.snapshot()), 1, "cannot be read");
  }

  @Test
  void next_whenTheChainDoesNotLeadThroughTheMark_namesTheChange() {
    ChainHash right = ledger.get((int) VICTIM - 1).chain();

    assertThat(playAll(replay(Optional.of(new ChainMark(VICTIM, right))))).isEmpty();
    assertFault(
        playAll(replay(Optional.of(new ChainMark(VICTIM, ChainHash.GENESIS)))), VICTIM, "the grid");
  }

  @Test
  void endsAt_whenTheLedgerIsCutOff_namesTheFirstChangeThatIsMissing() {
    var _ = ledger.removeLast();

    assertFault(check(shard.snapshot()), shard.head().seq(), "missing");
  }

  @Test
  void endsAt_whenTheRowDiffers_namesTheLastChange() {
    ShardSnapshot it = shard.snapshot();
    ShardChange.Header head = it.head();
    ShardCounts counts = head.counts().with(new Adjustment("x", Adjustment.Kind.RESTOCK, 1));

    assertFault(
        check(
            withHead(
                new ShardChange.Header(
                    head.key(), 1, head.seq(), head.at(), counts, head.frozen(), head.closed()))),
        head.seq(),
        "the shard's row has Header");
    assertFault(
        check(
            withHead(
                new ShardChange.Header(
                    head.key(),
                    1,
                    head.seq() - 1,
                    head.at(),
                    head.counts(),
                    head.frozen(),
                    head.closed()))),
        head.seq(),
        "does not know of it");
    assertFault(check(withHead(head.withEpoch(0))), head.seq(), "the shard's row has Header");
    assertThat(check(withHead(head.withEpoch(7)))).isEmpty();
  }

  private ShardSnapshot withHead(ShardChange.Header head) {
    ShardSnapshot it = shard.snapshot();
    return new ShardSnapshot(
        it.terms(),
        head,
        it.provenEpoch(),
        it.chain(),
        it.orders(),
        it.refunds(),
        it.adjustments(),
        List.of(),
        0);
  }

  @Test
  void order_whenARowDiffers_namesTheChangeThatTouchedItLast() {
    Order order = shard.snapshot().orders().getFirst();
    OrderState other = order.state() == OrderState.PAID ? OrderState.CANCELLED : OrderState.PAID;
    LedgerReplay replay = replay(Optional.empty());
    assertThat(playAll(replay)).isEmpty();

    Optional<LedgerFault> fault = replay.order(order.in(other, order.seq()));

    assertFault(fault, order.seq(), shard.key().orderId(order.key()).toString());
  }

  @Test
  void order_whenItIsInTheTableOnly_isNamed() {
    Order order = shard.snapshot().orders().getFirst();
    LedgerReplay replay = replay(Optional.empty());

    assertFault(replay.order(order), order.seq(), "that the ledger has not");
  }

  @Test
  void rest_whenARowIsMissing_namesIt() {
    LedgerReplay replay = replay(Optional.empty());
    assertThat(playAll(replay)).isEmpty();
    List<Order> orders = shard.snapshot().orders();
    Order last = orders.getLast();
    assertThat(orders.subList(0, orders.size() - 1)).allMatch(each -> replay.order(each).isEmpty());

    assertFault(replay.rest(), last.seq(), shard.key().orderId(last.key()).toString());
  }

  @Test
  void refund_whenDatedOtherwise_isNamed() {
    LedgerReplay replay = replay(Optional.empty());
    assertThat(playAll(replay)).isEmpty();
    LedgerEntry first =
        ledger.stream()
            .filter(each -> !change((int) each.seq() - 1).refunds().isEmpty())
            .findFirst()
            .orElseThrow();
    Refund refund = change((int) first.seq() - 1).refunds().getFirst();

    assertFault(replay.refund(refund, first.seq() + 1), first.seq(), "the table has it at");
    assertFault(replay.refund(refund, first.seq()), first.seq(), "what the ledger has not");
  }
}
