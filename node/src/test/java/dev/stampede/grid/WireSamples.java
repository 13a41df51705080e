package dev.stampede.grid;

import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.Tier;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.Refund;
import dev.stampede.stock.SampleShards;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.StockShard;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One message of each kind that travels between nodes, by the name of its kind: each message and
 * key of the grid, and each command, outcome and shape of a change in the message that carries it,
 * with every value of an enum that it may hold.
 */
final class WireSamples {

  private static final Order ORDER = SampleShards.order(OrderState.PAID);

  /** One of each kind; more where an enum has more values. What came later is {@link #added}. */
  static final List<ShardCommand> COMMANDS =
      List.of(
          new ShardCommand.Reserve(ORDER.key(), ORDER.buyer(), 3),
          new ShardCommand.Pay(ORDER.key(), ORDER.payment()),
          new ShardCommand.Cancel(ORDER.key(), ORDER.buyer()),
          new ShardCommand.Expire(9),
          new ShardCommand.Restock("r", 5L << 32),
          new ShardCommand.Withdraw("w", 6L << 32),
          new ShardCommand.Freeze(true),
          new ShardCommand.Freeze(false),
          new ShardCommand.Close(),
          new ShardCommand.Find(ORDER.key()),
          new ShardCommand.View(),
          new ShardCommand.Report());

  static final List<Outcome> OUTCOMES = outcomes();

  private static final Map<String, ShardChange> CHANGES =
      Map.of(
          "orders", SampleShards.ofOrders(),
          "refunds", SampleShards.ofRefunds(),
          "adjustments", SampleShards.ofAdjustments(),
          "switches", SampleShards.ofSwitches());

  private WireSamples() {}

  private static List<Outcome> outcomes() {
    List<Outcome> all =
        new ArrayList<>(
            List.of(
                new Outcome.Paid(ORDER, false, true),
                new Outcome.LateHonoured(ORDER, true),
                new Outcome.Cancelled(ORDER, true, true),
                new Outcome.NotCancellable(ORDER),
                new Outcome.Found(ORDER, true),
                new Outcome.SoldOut(1),
                new Outcome.LimitReached(2, 1),
                new Outcome.NotOpen(Instant.ofEpochMilli(5)),
                new Outcome.Closed(),
                new Outcome.Frozen(),
                new Outcome.KeyReused(),
                new Outcome.UnknownOrder(),
                new Outcome.Expired(3, true),
                new Outcome.NotEnough(7)));
    all.addAll(each(OrderState.values(), WireSamples::reserved));
    all.addAll(
        each(SampleShards.FIRST_REASONS, why -> new Outcome.RefundDue(ORDER, why, true, false)));
    all.addAll(each(Outcome.Why.values(), Outcome.Unanswered::new));
    all.addAll(each(SalePhase.values(), phase -> new Outcome.Viewed(view(phase))));
    all.addAll(each(SalePhase.values(), phase -> new Outcome.Reported(report(phase))));
    return List.copyOf(all);
  }

  private static <E> List<Outcome> each(E[] values, Function<E, Outcome> outcome) {
    return each(List.of(values), outcome);
  }

  private static <E> List<Outcome> each(Collection<E> values, Function<E, Outcome> outcome) {
    return values.stream().map(outcome).toList();
  }

  private static Outcome reserved(OrderState state) {
    return new Outcome.Reserved(SampleShards.order(state), true, false);
  }

  private static StockView view(SalePhase phase) {
    return new StockView(1, phase, 2, 3);
  }

  private static ShardReport report(SalePhase phase) {
    ChainHash chain = ChainHash.GENESIS.next(new byte[1]);
    return new ShardReport(SampleShards.COUNTS, phase, 1, 2, 3, chain, 4, 5);
  }

  /** Every message by the name of its kind. */
  static Map<String, Object> byName() {
    Map<String, Object> samples = new TreeMap<>();
    for (ShardCommand command : COMMANDS) {
      List<ShardCommand> alike = alike(COMMANDS, command);
      samples.put("ShardCommand." + nameOf(command), new ExecuteCommands(alike, 3, 4, true));
    }
    for (Outcome outcome : OUTCOMES) {
      samples.put("Outcome." + nameOf(outcome), result(SalePhase.OPEN, alike(OUTCOMES, outcome)));
    }
    CHANGES.forEach((name, change) ->
        samples.put("ShardChange." + name, new ApplyChanges(List.of(change), 5, 4)));
    for (SalePhase phase : SalePhase.values()) {
      samples.put("BatchResult." + phase, result(phase, List.of()));
    }
    for (Reduction reduction : Reduction.values()) {
      samples.put("Sale." + reduction, sale(reduction));
    }
    addMessages(samples);
    samples.putAll(added());
    samples.putAll(ofTime());
    return samples;
  }

  /** Kinds and values that are newer than the lists: each has a sample of its own. */
  private static Map<String, Object> added() {
    ShardCommand.Claim claim = new ShardCommand.Claim(ORDER.buyer(), ORDER.quantity());
    Optional<Money> amount = Optional.of(new Money(1980, "EUR"));
    Map<String, Object> later = new TreeMap<>(first(claim));
    later.put(
        "ShardCommand.Pay.amount",
        command(new ShardCommand.Pay(ORDER.key(), ORDER.payment(), Optional.empty(), amount)));
    later.put(
        "ShardCommand.Pay.claim.amount",
        command(new ShardCommand.Pay(ORDER.key(), ORDER.payment(), Optional.of(claim), amount)));
    later.put("ShardCommand.EndOrder", command(new ShardCommand.EndOrder(ORDER.key())));
    later.put(
        "Outcome.RefundDue.AMOUNT_DIFFERS",
        outcome(new Outcome.RefundDue(ORDER, Refund.Reason.AMOUNT_DIFFERS, true, false)));
    later.put(
        "Outcome.RefundDue.SALE_CLOSED",
        outcome(new Outcome.RefundDue(ORDER, Refund.Reason.SALE_CLOSED, true, false)));
    return later;
  }

  private static Map<String, Object> first(ShardCommand.Claim claim) {
    return Map.of(
        "Sale.promoted",
        sale(Optional.of(Duration.ofMinutes(10)), Tier.STANDARD),
        "Sale.dedicated",
        sale(Optional.empty(), Tier.DEDICATED),
        "ProveShard",
        new ProveShard(7),
        "StockView",
        new StockView(5, SalePhase.OPEN, 7, 1_000),
        "CheckLoading",
        new CheckLoading(7, 3),
        "ShardCommand.Pay.claim",
        command(new ShardCommand.Pay(ORDER.key(), ORDER.payment(), Optional.of(claim))),
        "Outcome.TooManyOpen",
        outcome(new Outcome.TooManyOpen(3, 3)),
        "Outcome.TooManyOrders",
        outcome(new Outcome.TooManyOrders(50, 50)),
        "Outcome.RefundDue.OTHER_ORDER",
        outcome(new Outcome.RefundDue(ORDER, Refund.Reason.OTHER_ORDER, true, false)));
  }

  /** What came with clocks that are watched. */
  private static Map<String, Object> ofTime() {
    return Map.of(
        "ReadClock",
        new ReadClock(),
        "ShardCommand.Reopen",
        command(new ShardCommand.Reopen("ops-1")),
        "ShardChange.reopening",
        new ApplyChanges(List.of(SampleShards.ofReopening()), 5, 4));
  }

  private static ExecuteCommands command(ShardCommand command) {
    return new ExecuteCommands(List.of(command), 3, 4, true);
  }

  private static BatchResult outcome(Outcome outcome) {
    return result(SalePhase.OPEN, List.of(outcome));
  }

  private static void addMessages(Map<String, Object> samples) {
    samples.put("ExecuteCommands", new ExecuteCommands(COMMANDS, 3, 1L << 40, false));
    samples.put(
        "ApplyChanges", new ApplyChanges(List.copyOf(new TreeMap<>(CHANGES).values()), 5, 4));
    samples.put("InstallShard", new InstallShard(SampleShards.snapshot(Reduction.RESERVE)));
    samples.put("BatchResult", result(SalePhase.OPEN, OUTCOMES));
    samples.put("BatchResult.ofNoShard", new BatchResult());
    samples.put("AddOrders", new AddOrders(7, SampleShards.snapshot(Reduction.RESERVE).orders()));
    samples.put("StoredMark", new StoredMark(SampleShards.KEY, 6, 1L << 40));
    samples.put("StockShard", new StockShard(SampleShards.snapshot(Reduction.RESERVE)));
    samples.put("StockKey", SampleShards.KEY);
    samples.put("Sale", sale(Reduction.RESERVE));
    samples.put("SaleId", SampleShards.KEY.sale());
  }

  private static BatchResult result(SalePhase phase, List<Outcome> outcomes) {
    return new BatchResult(6, 1L << 40, 4, new StockView(8, phase, 9, 10), outcomes);
  }

  private static Sale sale(Reduction reduction) {
    return sale(reduction, Optional.empty(), Tier.STANDARD);
  }

  private static Sale sale(Optional<Duration> promotion, Tier tier) {
    return sale(Reduction.RESERVE, promotion, tier);
  }

  private static Sale sale(Reduction reduction, Optional<Duration> promotion, Tier tier) {
    return new Sale(
        SampleShards.KEY.sale(),
        "Title",
        "Ünïcode 秒杀",
        199,
        "EUR",
        10,
        SampleShards.terms(reduction),
        promotion,
        tier);
  }

  private static <T> List<T> alike(List<T> all, T one) {
    return all.stream().filter(each -> each.getClass() == one.getClass()).toList();
  }

  private static String nameOf(Object sample) {
    return sample.getClass().getSimpleName();
  }
}
