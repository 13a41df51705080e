package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardBounds;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entry processors on an entry, without a grid. */
class ShardProcessorsTest {

  private final StockShard owner = ShardFixture.shard(10, Reduction.RESERVE);
  private final StockShard selling = sellingNow();
  private final StockShard backup = ShardFixture.shard(10, Reduction.RESERVE);

  @Test
  void executeCommands_onAShardOfAnOlderLoading_asksForTheNewOne() {
    owner.outdatedBy(2);
    ExecuteCommands view = new ExecuteCommands(List.of(new ShardCommand.View()), 0, 0, false);

    view.runOn(local(ShardFixture.BOUNDS));

    assertThat(view.process(entry(owner)).isLoaded()).isFalse();
    owner.adoptEpoch(2);
    assertThat(view.process(entry(owner)).isLoaded()).isTrue();
  }

  @Test
  void installShard_alone_putsNothingToWork() {
    Map.Entry<StockKey, StockShard> entry = new SimpleEntry<>(owner.key(), null);

    assertThat(new InstallShard(read(5)).process(entry)).isTrue();
    assertThat(isAtWork(entry)).isFalse();
    assertThat(new ProveShard(4).process(entry)).as("that is not what lies there").isFalse();
    assertThat(isAtWork(entry)).isFalse();
    assertThat(new ProveShard(5).process(entry)).isTrue();
    assertThat(isAtWork(entry)).isTrue();
  }

  @Test
  void installShard_readLater_takesThePlaceOfWhatIsNotAtWorkOnly() {
    Map.Entry<StockKey, StockShard> entry = new SimpleEntry<>(owner.key(), null);
    new InstallShard(read(5)).process(entry);

    assertThat(new InstallShard(read(4)).process(entry)).isFalse();
    assertThat(new InstallShard(read(6)).process(entry)).isTrue();
    new ProveShard(5).process(entry);
    assertThat(isAtWork(entry)).as("proven was what is gone").isFalse();
    new ProveShard(6).process(entry);

    StockShard atWork = entry.getValue();
    assertThat(new InstallShard(read(7)).process(entry)).isFalse();
    assertThat(entry.getValue()).isSameAs(atWork);
    assertThat(atWork.head().epoch()).isEqualTo(7);
  }

  @Test
  void checkLoading_asksTheBackups_whereTheOwnerHasItUnproven() {
    Map.Entry<StockKey, StockShard> entry = new SimpleEntry<>(owner.key(), null);
    LocalShards local = local(ShardFixture.BOUNDS);
    assertThat(check(local, 5, entry).getBackupProcessor()).as("nothing is there").isNull();

    new InstallShard(read(5)).process(entry);
    assertThat(check(local, 4, entry).getBackupProcessor()).as("another is there").isNull();
    assertThat(check(local, 5, entry).getBackupProcessor()).isNotNull();
    local.setBackedUp(_ -> false);
    assertThat(check(local, 5, entry).getBackupProcessor()).as("a backup is missing").isNull();
    local.setBackedUp(_ -> true);
    new ProveShard(5).process(entry);
    assertThat(check(local, 5, entry).getBackupProcessor()).as("it is at work").isNull();
  }

  @Test
  void addOrders_untilAllAreThere_awaitsTheOthers() {
    for (int number = 1; number <= 3; number++) {
      ShardFixture.execute(
          owner,
          ShardFixture.OPENS,
          ShardFixture.reserve(number, new BuyerId("buyer-" + number), 1));
    }
    List<Order> orders = owner.snapshot().orders();
    Map.Entry<StockKey, StockShard> entry = new SimpleEntry<>(owner.key(), null);
    LocalShards local = local(ShardFixture.BOUNDS);
    new InstallShard(readNow(5).withOrders(orders.subList(0, 1))).process(entry);

    assertThat(new AddOrders(4, orders).process(entry)).as("of another loading").isFalse();
    assertThat(new AddOrders(5, orders.subList(1, 2)).process(entry)).isTrue();
    assertThat(check(local, 5, 3, entry)).isFalse();
    assertThat(new AddOrders(5, orders.subList(1, 3)).process(entry)).as("again").isTrue();
    assertThat(check(local, 5, 3, entry)).isTrue();
    new ProveShard(5).process(entry);

    assertThat(entry.getValue().snapshot().orders()).containsExactlyInAnyOrderElementsOf(orders);
    assertThat(entry.getValue().nextDeadline()).isEqualTo(owner.nextDeadline());
    assertThat(new AddOrders(5, orders).process(entry)).as("it is at work").isFalse();
  }

  private static boolean check(
      LocalShards local, int loading, int orders, Map.Entry<StockKey, StockShard> entry) {
    CheckLoading check = new CheckLoading(loading, orders);
    check.runOn(local);
    return check.process(entry);
  }

  @Test
  void checkLoading_onABackup_acknowledgesThisLoadingOnly() {
    Map.Entry<StockKey, StockShard> entry = new SimpleEntry<>(owner.key(), null);
    new InstallShard(read(5)).process(entry);
    LocalShards local = local(ShardFixture.BOUNDS);
    CheckLoading onBackup = (CheckLoading) check(local, 5, entry).getBackupProcessor();
    assertThat(onBackup).isNotNull();
    onBackup.runOn(local);

    assertThat(onBackup.process(entry)).isTrue();
    new InstallShard(read(6)).process(entry);
    assertThatThrownBy(() -> onBackup.process(entry)).hasMessageContaining("lacks the loading 5");
    assertThat(local.gaps()).isOne();
  }

  private static CheckLoading check(
      LocalShards local, int loading, Map.Entry<StockKey, StockShard> entry) {
    CheckLoading check = new CheckLoading(loading, 0);
    check.runOn(local);
    check.process(entry);
    return check;
  }

  @Test
  void executeCommands_onAShardThatLacksABackup_doesNothing() {
    LocalShards local = local(ShardFixture.BOUNDS);
    local.setBackedUp(key -> false);
    ExecuteCommands call =
        new ExecuteCommands(List.of(ShardFixture.reserve(1, ShardFixture.ANN, 1)), 0, 0, false);
    call.runOn(local);

    assertThatThrownBy(() -> call.process(entry(owner)))
        .isInstanceOf(RetryableHazelcastException.class);
    assertThat(owner.head().seq()).isZero();
  }

  @Test
  void executeCommands_whenAPaymentIsDenied_asksTheBackups() {
    ShardCommand find = new ShardCommand.Find(ShardFixture.key(1));
    ShardCommand pay = new ShardCommand.Pay(ShardFixture.key(1), ShardFixture.PAYMENT);

    assertThat(backupOf(find)).as("a read asks nobody").isNull();
    assertThat(backupOf(find, pay)).isInstanceOf(ApplyChanges.class);
  }

  private @Nullable Object backupOf(ShardCommand... commands) {
    ExecuteCommands call = new ExecuteCommands(List.of(commands), 0, 0, false);
    call.runOn(local(ShardFixture.BOUNDS));
    call.process(entry(owner));
    return call.getBackupProcessor();
  }

  @Test
  void executeCommands_whenTheOwnersClockJumpsADay_doesNothingFromThatBatchOn() {
    ShiftedClock wall = new ShiftedClock();
    NodeClock clock = new NodeClock(wall, Duration.ofSeconds(2));
    ExecuteCommands call =
        new ExecuteCommands(List.of(ShardFixture.reserve(1, ShardFixture.ANN, 1)), 0, 0, false);
    call.runOn(new LocalShards(ShardFixture.BOUNDS, clock));

    wall.shift(Duration.ofDays(1));

    assertThatThrownBy(() -> call.process(entry(selling)))
        .isInstanceOf(RetryableHazelcastException.class);
    assertThat(selling.head().seq()).isZero();
    wall.shift(Duration.ZERO);
    assertThat(call.process(entry(selling)).outcomes().getFirst())
        .isInstanceOf(Outcome.Reserved.class);
  }

  private static LocalShards local(ShardBounds bounds) {
    return new LocalShards(bounds, new NodeClock(InstantSource.system(), Duration.ofSeconds(2)));
  }

  private static boolean isAtWork(Map.Entry<StockKey, StockShard> entry) {
    ExecuteCommands view = new ExecuteCommands(List.of(new ShardCommand.View()), 0, 0, false);
    view.runOn(local(ShardFixture.BOUNDS));
    return view.process(entry).isLoaded();
  }

  private ShardSnapshot readNow(int epoch) {
    ShardSnapshot it = owner.snapshot();
    return new ShardSnapshot(
        it.terms(),
        it.head().withEpoch(epoch),
        0,
        it.chain(),
        it.orders(),
        it.refunds(),
        it.adjustments(),
        List.of(),
        it.head().seq());
  }

  private ShardSnapshot read(int epoch) {
    StockShard shard = new StockShard(ShardFixture.fresh(owner.key(), owner.terms(), 10));
    shard.adoptEpoch(epoch);
    return shard.snapshot();
  }

  @Test
  void executeCommands_always_obeysTheBoundsOfItsNodeAndCounts() {
    LocalShards local = local(new ShardBounds(2, 1));

    assertThat(outcome(local, ShardFixture.reserve(1, ShardFixture.ANN, 1)))
        .isInstanceOf(Outcome.Reserved.class);
    assertThat(outcome(local, ShardFixture.reserve(2, ShardFixture.ANN, 1)))
        .isEqualTo(new Outcome.TooManyOpen(1, 1));
    assertThat(outcome(local, ShardFixture.reserve(3, ShardFixture.BOB, 1)))
        .isInstanceOf(Outcome.Reserved.class);
    assertThat(outcome(local, ShardFixture.reserve(4, new BuyerId("cat"), 1)))
        .isEqualTo(new Outcome.Unanswered(Outcome.Why.BACKLOG_FULL));
    assertThat(outcome(local, new ShardCommand.Pay(ShardFixture.key(1), ShardFixture.PAYMENT)))
        .as("goes on with a full backlog")
        .isInstanceOf(Outcome.Paid.class);
    assertThat(local.changedOrders()).isEqualTo(3);
  }

  private Outcome outcome(LocalShards local, ShardCommand command) {
    ExecuteCommands call = new ExecuteCommands(List.of(command), 0, 0, false);
    call.runOn(local);
    return call.process(entry(selling)).outcomes().getFirst();
  }

  @Test
  void applyChanges_thatTheBackupHas_passesThemOver() {
    List<ShardChange> changes = changes(owner, 2);
    apply(changes);
    apply(changes);

    assertThat(backup.chain()).isEqualTo(owner.chain());
  }

  @Test
  void applyChanges_ofANumberThatTheBackupHasFromAnotherOwner_isRefused() {
    StockShard dead = ShardFixture.shard(10, Reduction.RESERVE);
    apply(changes(dead, 3));

    assertThatThrownBy(() -> apply(changes(owner, 2))).isInstanceOf(IllegalStateException.class);
  }

  /** The owner's clock is the real one. */
  private static StockShard sellingNow() {
    Instant now = Instant.now();
    SaleTerms terms =
        new SaleTerms(
            now, now.plus(Duration.ofHours(1)), 5, Reduction.RESERVE, Duration.ofHours(1), 1);
    return ShardFixture.atWork(ShardFixture.fresh(new StockKey(new SaleId("s"), 0), terms, 10));
  }

  private void apply(List<ShardChange> changes) {
    new ApplyChanges(changes, 0, 1).process(entry(backup));
  }

  /** As many changes, different for each number. */
  private static List<ShardChange> changes(StockShard shard, int count) {
    for (int number = 0; number < count; number++) {
      ShardFixture.execute(
          shard,
          ShardFixture.OPENS,
          ShardFixture.reserve(10 * count + number, ShardFixture.ANN, 1));
      shard.unstored().confirm(shard.head().seq());
    }
    return shard.unstored().confirmed(count);
  }

  private static Map.Entry<StockKey, StockShard> entry(StockShard shard) {
    return new SimpleEntry<>(shard.key(), shard);
  }
}
